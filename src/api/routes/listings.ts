import { findVariants } from '../../views/find-variants.js';
import { issueGroups as groupsOf } from '../../views/issue-groups.js';
import { ledgerFor } from '../../views/ledger.js';
import { countListings, type ListingFilter, listListings } from '../../views/list-listings.js';
import { listingEvents, rawListing as rawOf } from '../../views/listing-raw.js';
import { LEDGER_PARTS, type LedgerPart, type ListingWord, WORDS_OF } from '../../views/listing-words.js';
import { showListing } from '../../views/show-listing.js';
import { pageOf, paging } from '../paging.js';
import { route } from '../route.js';
import { integer, list, object, oneOf, optional, text } from '../shape.js';
import { listing, listingEvent, rawListing } from '../shapes/listing.js';
import { issueGroups, listingCounts, listingLine } from '../shapes/listings.js';
import { askedChannels, channelShares, countedChannels } from '../watched-channels.js';

const which = {
  channel: optional(text(200)),
  state: optional(oneOf(...LEDGER_PARTS)),
};

function wordsOf(state: LedgerPart | undefined): readonly ListingWord[] | null {
  return state === undefined ? null : WORDS_OF[state];
}

/** Lists, counts and groups of listings. */
export const listingRoutes = [
  route({
    method: 'GET',
    path: '/listings',
    permission: 'listings:read',
    summary: 'Lists listings of one channel or of all real ones, by state, error and text.',
    query: object({
      ...paging,
      ...which,
      issue: optional(text(200)),
      attribute: optional(text(200)),
      q: optional(text(200)),
    }),
    answer: pageOf(listingLine),
    async handle({ app, query }) {
      const { channel, state, issue, attribute = null, q, cursor = null, limit = 50 } = query;
      const filter: ListingFilter = {
        channels: countedChannels(app, channel),
        words: wordsOf(state),
        issue: issue === undefined ? null : { code: issue, attribute },
        variantIds: q === undefined || q.trim() === '' ? null : await findVariants(app.database, q),
      };
      const page = await listListings(app.database, filter, { cursor, limit }, channelShares(app));
      const rows = cursor === null ? await countListings(app.database, filter) : null;
      return { ...page, previous: null, total: rows === null ? null : { rows, exact: true } };
    },
  }),
  route({
    method: 'GET',
    path: '/listings/counts',
    permission: 'listings:read',
    summary: 'Counts the listings of each channel by state: the parts add up to the catalog.',
    query: object({ channel: which.channel }),
    answer: listingCounts,
    async handle({ app, query }) {
      const channels = [];
      const together = countedChannels(app, query.channel);
      for (const channel of askedChannels(app, query.channel))
        channels.push({
          channel,
          together: together.includes(channel),
          ledger: await ledgerFor(app.database, channel),
        });
      return { channels };
    },
  }),
  route({
    method: 'GET',
    path: '/listings/groups',
    permission: 'listings:read',
    summary: 'Groups listings by their errors, the commonest first.',
    query: object({ ...which, by: optional(oneOf('issue')) }),
    answer: issueGroups,
    handle: ({ app, query }) =>
      groupsOf(
        app.database,
        countedChannels(app, query.channel),
        wordsOf(query.state) ?? ['blocked', 'rejected'],
      ),
  }),
  route({
    method: 'GET',
    path: '/listings/:channel/:sku',
    permission: 'listings:read',
    summary: 'Shows one listing: every attribute as wanted, as sent and as shown, with the way to its value.',
    params: object({ channel: text(200), sku: text(500) }),
    answer: listing,
    async handle({ app, params }) {
      const { safetyStock } = app.channel(params.channel).stock;
      return showListing(await app.desk(params.channel), params.sku, safetyStock);
    },
  }),
  route({
    method: 'GET',
    path: '/listings/:channel/:sku/raw',
    permission: 'listings:read',
    summary:
      'Shows one listing as it travels: what would be handed over, what was, and the channel’s last word.',
    params: object({ channel: text(200), sku: text(500) }),
    answer: rawListing,
    handle: async ({ app, params }) => rawOf(await app.desk(params.channel), params.sku),
  }),
  route({
    method: 'GET',
    path: '/listings/:channel/:sku/events',
    permission: 'listings:read',
    summary:
      'Lists what happened to a listing, the newest first: changes, the last sending, the last answer.',
    params: object({ channel: text(200), sku: text(500) }),
    query: object({ limit: optional(integer({ min: 1, max: 500, otherwise: 100 })) }),
    answer: object({ items: list(listingEvent) }),
    handle: async ({ app, params, query }) => ({
      items: await listingEvents(await app.desk(params.channel), params.sku, query.limit ?? 100),
    }),
  }),
];
