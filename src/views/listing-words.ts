import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { ListingRecord } from '../sync/listing-record.js';
import { priceStepOf } from '../sync/restock.js';

/**
 * What we are doing with a listing, as the database keeps it in `listing.word`. `due`: to be sent · `sent`: the channel has not answered ·
 * `foreign`: somebody else's listing of the SKU is there · `removed`: taken off, still in the catalog · `leaving`, `held-leaving`: off the
 * catalog, still on the channel · `gone`: on neither.
 */
export const LISTING_WORDS = [
  'live',
  'due',
  'sent',
  'blocked',
  'rejected',
  'held',
  'foreign',
  'held-leaving',
  'excluded',
  'removed',
  'removing',
  'leaving',
  'gone',
] as const;

/** One of them. */
export type ListingWord = (typeof LISTING_WORDS)[number];

/** The parts every count of listings is made of, in the order they are shown. */
export const LEDGER_PARTS = [
  'live',
  'waiting',
  'blocked',
  'rejected',
  'held',
  'excluded',
  'removing',
] as const;

/** One of them. */
export type LedgerPart = (typeof LEDGER_PARTS)[number];

/** Which words make up a part. `gone` is in none. */
export const WORDS_OF: Readonly<Record<LedgerPart, readonly ListingWord[]>> = {
  live: ['live'],
  waiting: ['due', 'sent'],
  blocked: ['blocked'],
  rejected: ['rejected'],
  held: ['held', 'foreign', 'held-leaving'],
  excluded: ['excluded', 'removed'],
  removing: ['removing', 'leaving'],
};

/** Words of variants the catalog has no more. */
export const LEAVING_WORDS: readonly ListingWord[] = ['leaving', 'held-leaving'];

/** What shoppers see at the channel, as far as the channel told. */
export type SeenWord = 'current' | 'limited' | 'older' | 'nothing' | 'unknown' | 'foreign';

/** The columns the words are made of. */
export type WordRecord = Pick<
  ListingRecord,
  | 'state'
  | 'owned'
  | 'held'
  | 'unmanaged'
  | 'submission'
  | 'content_rev'
  | 'offer_rev'
  | 'verdict'
  | 'verdict_content_rev'
  | 'verdict_offer_rev'
>;

/** The word of a record: what the database's own column says, for records that are not read from it. Pure. */
export function listingWord(record: WordRecord): ListingWord {
  const { state, owned, held } = record;
  if (state === 'gone') {
    if (owned === 0) return 'gone';
    return held === null ? 'leaving' : 'held-leaving';
  }
  if (state === 'blocked') return 'blocked';
  if (state === 'excluded') {
    if (owned === 1) return held === null ? 'removing' : 'held';
    return record.verdict === 'removed' ? 'removed' : 'excluded';
  }
  return wordOfListed(record);
}

function wordOfListed(record: WordRecord): ListingWord {
  const { verdict, offer_rev, verdict_offer_rev } = record;
  if (record.held !== null) return 'held';
  if (record.unmanaged === 1 && record.owned === 0) return 'foreign';
  const sameContent = record.content_rev !== null && record.verdict_content_rev === record.content_rev;
  const sameOffer = offer_rev !== null && verdict_offer_rev === offer_rev;
  if (verdict === 'live' && sameContent && sameOffer) return 'live';
  if (record.submission !== null) return 'sent';
  const refused = sameOffer || verdict_offer_rev === priceStepOf(offer_rev);
  return verdict === 'rejected' && sameContent && refused ? 'rejected' : 'due';
}

/** The part of the count a word belongs to; null: `gone`. Pure. */
export function ledgerPart(word: ListingWord): LedgerPart | null {
  return LEDGER_PARTS.find((part) => WORDS_OF[part].includes(word)) ?? null;
}

/** The columns that tell what shoppers see. */
export type SeenRecord = WordRecord & Pick<ListingRecord, 'sent_at' | 'verdict_issues'>;

/** What shoppers see: the channel's own word only, never what we hope. Pure. */
export function seenWord(record: SeenRecord): SeenWord {
  if (record.owned === 0) return record.unmanaged === 1 ? 'foreign' : 'nothing';
  if (record.verdict !== 'live') return 'unknown';
  const asWanted =
    record.state === 'listed' &&
    record.verdict_content_rev === record.content_rev &&
    record.verdict_offer_rev === record.offer_rev;
  if (!asWanted) return 'older';
  return complaints(record.verdict_issues).length > 0 ? 'limited' : 'current';
}

function complaints(issues: string | null): readonly Issue[] {
  return issuesIn(issues).filter(({ severity }) => severity !== 'info');
}

/** Issues as a record keeps them. */
export function issuesIn(issues: string | null): readonly Issue[] {
  return issues === null ? [] : (JSON.parse(issues) as Issue[]);
}

/** What the sentence about a state needs; members that do not apply are null. */
export interface StateFacts {
  readonly word: ListingWord;
  readonly part: LedgerPart | null;
  /** Since when, where a call or an answer says so. */
  readonly since: Instant | null;
  /** When the next step is due: the sending, the next try, the end of our patience. */
  readonly until: Instant | null;
  /** Why it is tried again later, in the machine's word. */
  readonly code: string | null;
  /** Why it is left out or kept back, in words. */
  readonly reason: string | null;
}

/** The state of a record with what its sentence needs. Pure. */
export function stateFacts(record: ListingRecord): StateFacts {
  const word = listingWord(record);
  return {
    word,
    part: ledgerPart(word),
    since: sinceOf(word, record),
    until: untilOf(word, record),
    code: word === 'due' ? record.retry_code : null,
    reason: record.held ?? (record.state === 'listed' || record.state === 'blocked' ? null : record.reason),
  };
}

function sinceOf(word: ListingWord, record: ListingRecord): Instant | null {
  if (word === 'sent') return record.sent_at;
  return word === 'live' || word === 'rejected' || word === 'removed' ? record.verdict_at : null;
}

function untilOf(word: ListingWord, record: ListingRecord): Instant | null {
  if (word === 'sent') return record.patience_until;
  return word === 'due' || word === 'removing' || word === 'leaving'
    ? (record.retry_at ?? record.attention_at)
    : null;
}
