import { firstChangeSince } from '../../catalog/change-places.js';
import { variantHistory } from '../../catalog/variant-history.js';
import type { Database } from '../../db/database.js';
import type { JsonObject } from '../../domain/json.js';
import { FIELD_OPERATORS } from '../../views/field-filter.js';
import {
  changedTerm,
  facetTerm,
  issueTerm,
  type ProductTerm,
  stateTerm,
  textTerms,
} from '../../views/find-products.js';
import { listProducts } from '../../views/list-products.js';
import { LEDGER_PARTS, type LedgerPart, WORDS_OF } from '../../views/listing-words.js';
import { productVariants, showProduct } from '../../views/show-product.js';
import { pageOf, paging } from '../paging.js';
import { noSuch, Refusal } from '../problem.js';
import { route } from '../route.js';
import { instant, integer, list, object, oneOf, optional, text } from '../shape.js';
import { historyEntry, product, variant } from '../shapes/product.js';
import { productLine, status } from '../shapes/products.js';
import { askedChannels, listingShares } from '../watched-channels.js';

interface Question {
  readonly q?: string | undefined;
  readonly source?: string | undefined;
  readonly brand?: string | undefined;
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  readonly channel?: string | undefined;
  readonly state?: LedgerPart | undefined;
  readonly issue?: string | undefined;
  readonly changedSince?: string | undefined;
}

/** The catalog as lists. */
export const productRoutes = [
  route({
    method: 'GET',
    path: '/products',
    permission: 'catalog:read',
    summary: 'Finds products by words, facets, any field, and how they stand on a channel.',
    query: object({
      ...paging,
      q: optional(text(200)),
      source: optional(text(200)),
      brand: optional(text(200)),
      type: optional(text(500)),
      status: optional(status),
      channel: optional(text(200)),
      state: optional(oneOf(...LEDGER_PARTS)),
      issue: optional(text(200)),
      changedSince: optional(instant()),
      field: optional(text(200)),
      operator: optional(oneOf(...FIELD_OPERATORS)),
      value: optional(text(500)),
    }),
    answer: pageOf(productLine),
    async handle({ app, query }) {
      const { cursor = null, limit = 50, field, operator = 'is', value = '' } = query;
      const terms = await termsOf(app.database, query);
      const page = await listProducts(
        app.database,
        {
          terms,
          field: field === undefined ? null : { field, operator, value },
          channels: askedChannels(app, undefined),
        },
        { cursor, limit },
      );
      return { ...page, previous: null };
    },
  }),
  route({
    method: 'GET',
    path: '/products/:id',
    permission: 'catalog:read',
    summary: 'Shows a product: what each source says of it, and what was fixed by hand.',
    params: object({ id: text(500) }),
    answer: product,
    async handle({ app, params }) {
      const found = await showProduct(app.database, params.id);
      if (found === null) throw noSuch('product', params.id);
      return { ...found, product: plainJson(found.product) };
    },
  }),
  route({
    method: 'GET',
    path: '/products/:id/variants',
    permission: 'catalog:read',
    summary: 'Lists the variants of a product with all channels side by side.',
    params: object({ id: text(500) }),
    query: object({ ...paging }),
    answer: pageOf(variant),
    async handle({ app, params, query }) {
      const { cursor = null, limit = 50 } = query;
      const page = await productVariants(app.database, params.id, { cursor, limit }, listingShares(app));
      if (page === null) throw noSuch('product', params.id);
      return { ...page, previous: null, total: null };
    },
  }),
  route({
    method: 'GET',
    path: '/variants/:sku/history',
    permission: 'catalog:read',
    summary: 'Lists what changed about a variant, its product and its counts, newest first.',
    params: object({ sku: text(500) }),
    query: object({ limit: optional(integer({ min: 1, max: 500, otherwise: 100 })) }),
    answer: object({ entries: list(historyEntry) }),
    async handle({ app, params, query }) {
      const entries = await variantHistory(app.database, params.sku, query.limit ?? 100);
      if (entries === null) throw noSuch('variant', params.sku);
      return { entries };
    },
  }),
];

/** Members that are absent are left out, as they are where it is stored. */
function plainJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

async function termsOf(database: Database, query: Question): Promise<readonly ProductTerm[]> {
  const { q = '', channel, state, issue, changedSince } = query;
  if ((state !== undefined || issue !== undefined) && channel === undefined)
    throw new Refusal(
      400,
      'channel_missing',
      'A state or an error is one of a channel.',
      'Name the channel too.',
    );
  const facets = (['source', 'brand', 'type', 'status'] as const).flatMap((facet) => {
    const value = query[facet];
    return value === undefined ? [] : [facetTerm(facet, value)];
  });
  return [
    ...(q.trim() === '' ? [] : textTerms(q)),
    ...facets,
    ...(channel !== undefined && state !== undefined ? [stateTerm(channel, WORDS_OF[state])] : []),
    ...(channel !== undefined && issue !== undefined ? [issueTerm(channel, issue)] : []),
    ...(changedSince === undefined ? [] : [changedTerm(await sequenceBefore(database, changedSince))]),
  ];
}

/** The number of the catalog's last write before an instant. */
async function sequenceBefore(database: Database, since: string): Promise<number> {
  const first = await firstChangeSince(database, since);
  const row = await database.get<{ seq: number }>(
    'SELECT seq FROM catalog_change WHERE id < ? ORDER BY id DESC LIMIT 1',
    [first ?? 0],
  );
  if (first === null) return Number.MAX_SAFE_INTEGER;
  return row?.seq ?? 0;
}
