import { firstChangeSince } from '../../catalog/change-places.js';
import type { Database } from '../../db/database.js';
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
import { pageOf, paging } from '../paging.js';
import { Refusal } from '../problem.js';
import { route } from '../route.js';
import { instant, object, oneOf, optional, text } from '../shape.js';
import { productLine, status } from '../shapes/products.js';
import { askedChannels } from '../watched-channels.js';

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
];

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
