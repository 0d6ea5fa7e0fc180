import type { JsonObject } from '../../../src/domain/json.js';

/** What a person does about a store that matches no Business Profile, by Google's hint (lfp v1, verified 2026-11-25). */
const ADVICE: Readonly<Record<string, string>> = {
  'linked-store-not-found':
    'Have the merchant link a Business Profile with stores to their Merchant Center account.',
  'store-match-not-found': 'Make the address in lfpStores and the one of the Business Profile say the same.',
  'store-match-unverified': 'Have the merchant verify the store in their Business Profile.',
};

/** Whether a store (LfpStore or LfpStoreState) could not be matched. A state nobody has heard of is no failure. */
export function isUnmatched({ matchingState }: JsonObject): boolean {
  return matchingState === 'STORE_MATCHING_STATE_FAILED' || matchingState === 'FAILED';
}

/** One word for people: `matched`, `pending`, or Google's hint. */
export function matchWord(store: JsonObject): string {
  if (isUnmatched(store)) return String(store.matchingStateHint ?? 'failed');
  return String(store.matchingState ?? '').endsWith('MATCHED') ? 'matched' : 'pending';
}

/** What to do about an unmatched store. */
export function matchAdvice(store: JsonObject): string {
  return (
    ADVICE[String(store.matchingStateHint)] ?? 'Look at the store in the Business Profile of the merchant.'
  );
}
