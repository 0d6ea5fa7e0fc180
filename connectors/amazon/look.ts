import type { Observed } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { itemsOf, type ListingState, listingState, verdictIssues, verdictOf } from './listing-state.js';
import type { ListingWork } from './listing-work.js';

/** Most SKUs one search may name (model listingsItems_2021-08-01; verified 2026-11). */
const IDENTIFIERS = 20;
const INCLUDED = ['summaries', 'issues', 'fulfillmentAvailability'] as const;

/** What a look at some listings showed, and Amazon's own clock then (null: not told). */
export interface Look {
  readonly found: readonly ListingState[];
  readonly at: number | null;
}

/** Looks at single listings: state, issues, who ships them; not their attributes. */
export async function lookAtListings(work: ListingWork, skus: readonly string[]): Promise<Observed[]> {
  const looks: Look[] = [];
  for (const group of groupsOf(skus)) looks.push(await look(work, group));
  return looks.flatMap(({ found }) => found).map(observedState);
}

/** A state as the engine compares it. */
export function observedState(state: ListingState): Observed {
  return {
    sku: state.sku,
    externalId: state.asin ?? state.sku,
    state: state.updatedAtMs === null ? 'pending' : verdictOf(state),
    ...(state.fulfilledBy === null ? {} : { fulfilledBy: state.fulfilledBy }),
    issues: verdictIssues(state),
  };
}

/** SKUs in groups one search can name. A SKU with a comma cannot stand in a list: it is asked for alone. */
export function groupsOf(skus: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = skus.filter((sku) => sku.includes(',')).map((sku) => [sku]);
  const plain = skus.filter((sku) => !sku.includes(','));
  for (let at = 0; at < plain.length; at += IDENTIFIERS) groups.push(plain.slice(at, at + IDENTIFIERS));
  return groups;
}

/** Looks at one group of SKUs. Those the seller does not have are left out; a failed read throws. */
export async function look(work: ListingWork, skus: readonly string[]): Promise<Look> {
  const [only] = skus;
  if (skus.length === 1 && only?.includes(',')) return lookAtOne(work, only);
  const answer = await work.client.call('searchListingsItems', {
    query: { identifiers: skus, identifiersType: 'SKU', includedData: INCLUDED, pageSize: IDENTIFIERS },
  });
  const found = itemsOf(answer.body).map((item) => listingState(item, work.settings.marketplaceId));
  return { found: found.filter((state) => state !== null), at: answer.at };
}

/** What was last submitted for some listings, by SKU, whoever did it. Without those there are none of, and those with a comma; a failed read throws. */
export async function submittedAttributes(
  { client, settings }: ListingWork,
  skus: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  for (const identifiers of groupsOf(skus.filter((sku) => !sku.includes(',')))) {
    const query = {
      identifiers,
      identifiersType: 'SKU',
      includedData: ['attributes'],
      pageSize: IDENTIFIERS,
    } as const;
    const { body } = await client.call('searchListingsItems', { query });
    for (const { sku, attributes } of itemsOf(body))
      if (typeof sku === 'string' && isJsonObject(attributes))
        found.set(sku, inStoreOnly(attributes, settings.marketplaceId));
  }
  return found;
}

function inStoreOnly(attributes: JsonObject, marketplaceId: string): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      isJsonArray(value)
        ? value.filter(
            (each) => !isJsonObject(each) || (each.marketplace_id ?? marketplaceId) === marketplaceId,
          )
        : value,
    ]),
  );
}

async function lookAtOne(work: ListingWork, sku: string): Promise<Look> {
  try {
    const answer = await work.client.call('getListingsItem', {
      path: { sku },
      query: { includedData: INCLUDED },
    });
    const state = listingState(answer.body, work.settings.marketplaceId);
    return { found: state === null ? [] : [state], at: answer.at };
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not_found') return { found: [], at: null };
    throw error;
  }
}
