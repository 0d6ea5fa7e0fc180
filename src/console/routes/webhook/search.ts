import { type Given, type ListPlace, placeIn, wordIn } from '../../app/search-params.js';

/** How a delivery stands, in the order of the tabs. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const;

/** What the address of the page says: which deliveries are listed. */
export interface WebhookSearch extends ListPlace {
  readonly state?: (typeof DELIVERY_STATES)[number] | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readWebhookSearch(given: Given): WebhookSearch {
  return { state: wordIn(given, 'state', DELIVERY_STATES), ...placeIn(given) };
}
