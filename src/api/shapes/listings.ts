import { LEDGER_PARTS, LISTING_WORDS } from '../../views/listing-words.js';
import { described, integer, list, nullable, type Of, object, oneOf, text, yesNo } from '../shape.js';
import { issue, moment, money } from './parts.js';

/** Listings of one channel, each counted once. */
export const ledger = object({
  ...(Object.fromEntries(LEDGER_PARTS.map((part) => [part, integer()])) as Record<
    (typeof LEDGER_PARTS)[number],
    ReturnType<typeof integer>
  >),
  catalog: described(
    integer(),
    'Variants that have not ended. The seven parts add up to `catalog` + `leaving`.',
  ),
  leaving: described(integer(), 'Variants that left the catalog and are still on the channel.'),
  toSend: integer(),
  sent: integer(),
  notLookedAt: integer(),
  behind: described(integer(), 'Variants written since the channel was worked out last.'),
  unaccounted: described(integer(), 'Not 0: the numbers do not add up, which is a defect.'),
});

/** Answer of `GET /listings/counts`. */
export const listingCounts = object({
  channels: list(
    object({
      channel: text(),
      together: described(yesNo(), 'Counted with the others: practice channels are not, beside real ones.'),
      ledger,
    }),
  ),
});

/** What shoppers see. */
export const seen = oneOf('current', 'limited', 'older', 'nothing', 'unknown', 'foreign');

/** What we are doing with a listing, with what its sentence needs. */
export const listingState = object({
  word: oneOf(...LISTING_WORDS),
  part: nullable(oneOf(...LEDGER_PARTS)),
  since: moment,
  until: moment,
  code: nullable(text()),
  reason: nullable(text()),
});

/** One listing in a list. */
export const listingLine = object({
  channel: text(),
  sku: text(),
  productId: text(),
  title: text(),
  image: nullable(text()),
  kind: nullable(text()),
  see: seen,
  state: listingState,
  errors: integer(),
  warnings: integer(),
  firstIssue: nullable(issue),
  price: nullable(money),
  available: nullable(integer()),
  sentAt: moment,
  answeredAt: moment,
});

/** Listings by their errors. */
export const issueGroups = object({
  groups: list(
    object({
      channel: text(),
      origin: oneOf('ours', 'channel'),
      code: text(),
      attribute: nullable(text()),
      listings: integer(),
      stillShown: described(integer(), 'Of these: the channel still shows something of ours.'),
      since: moment,
      sample: object({ sku: text(), issue }),
    }),
  ),
  listings: described(
    integer(),
    'Listings in the groups, each counted once: one with two errors is in two groups.',
  ),
  more: integer(),
});

/** `GET /listings`. */
export type ListingLine = Of<typeof listingLine>;
/** `GET /listings/groups`. */
export type IssueGroups = Of<typeof issueGroups>;
/** A part of every answer that counts listings. */
export type Ledger = Of<typeof ledger>;
