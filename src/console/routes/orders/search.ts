import { flagIn, type Given, type ListPlace, placeIn, textIn, wordIn } from '../../app/search-params.js';

/** The tabs of the list, in the order of what is to be done. */
export const ORDER_TABS = [
  'needs-you',
  'to-ship',
  'shipped',
  'waiting',
  'by-channel',
  'cancelled',
  'all',
] as const;

/** One of them. */
export type OrderTab = (typeof ORDER_TABS)[number];

/** What the address of the list says. */
export interface OrdersSearch extends ListPlace {
  /** Absent: what is to be shipped. */
  readonly tab?: OrderTab | undefined;
  readonly channel?: string | undefined;
  readonly q?: string | undefined;
  readonly late?: true | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readOrdersSearch(given: Given): OrdersSearch {
  return {
    tab: wordIn(given, 'tab', ORDER_TABS),
    channel: textIn(given, 'channel'),
    q: textIn(given, 'q'),
    late: flagIn(given, 'late'),
    ...placeIn(given),
  };
}

/** Filters set besides the tab. */
export function filtersSet({ channel, q, late }: OrdersSearch): number {
  return [channel, q, late].filter((value) => value !== undefined).length;
}
