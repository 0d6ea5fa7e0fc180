import { describe, expect, it } from 'vitest';
import { type ListingRecord, newRecord } from '../../src/sync/listing-record.js';
import { attentionOf, step } from '../../src/sync/step.js';

const now = '2026-11-24T12:00:00.000Z';
const before = '2026-11-24T11:00:00.000Z';
const soon = '2026-11-24T12:05:00.000Z';
const later = '2026-11-24T13:00:00.000Z';

const listed = { state: 'listed', content_rev: 'c1', offer_rev: 'o1' } as const;
const live = { verdict: 'live', verdict_content_rev: 'c1', verdict_offer_rev: 'o1', owned: 1 } as const;
const sent = { sent_action: 'upsert', sent_content_rev: 'c1', sent_offer_rev: 'o1' } as const;
const inFlight = { submission: 's1', sent_action: 'upsert', owned: 1 } as const;

interface Row {
  readonly title: string;
  readonly record: Partial<ListingRecord>;
  readonly does: string;
  readonly until?: string | null;
}

const ROWS: readonly Row[] = [
  {
    title: 'waits while a submission is under way',
    record: { ...listed, ...inFlight, patience_until: later },
    does: 'wait',
    until: later,
  },
  {
    title: 'waits for the verdict even when the listing changed meanwhile',
    record: { ...listed, content_rev: 'c2', ...inFlight, patience_until: later },
    does: 'wait',
    until: later,
  },
  {
    title: 'waits for the verdict of an upsert before removing',
    record: { state: 'excluded', ...inFlight, patience_until: later },
    does: 'wait',
    until: later,
  },
  {
    title: 'waits until the retry instant',
    record: { ...listed, retry_at: later },
    does: 'wait',
    until: later,
  },
  {
    title: 'waits until the retry instant of a removal',
    record: { state: 'gone', owned: 1, retry_at: later },
    does: 'wait',
    until: later,
  },
  {
    title: 'sends again once the retry instant has passed',
    record: { ...listed, retry_at: before },
    does: 'upsert',
  },
  {
    title: 'keeps newer values back while a call whose answer was lost may be under way',
    record: { ...listed, ...sent, sent_offer_rev: 'o0', quiet_until: later },
    does: 'wait',
    until: later,
  },
  {
    title:
      'looks at newer values again when the quiet time is over, not at the earlier instant of a repetition',
    record: { ...listed, ...sent, sent_offer_rev: 'o0', retry_at: soon, quiet_until: later },
    does: 'wait',
    until: later,
  },
  {
    title: 'repeats the values whose answer was lost without waiting for the quiet time',
    record: { ...listed, ...sent, retry_at: before, quiet_until: later },
    does: 'upsert',
  },
  {
    title: 'keeps a removal back while an upsert whose answer was lost may be under way',
    record: { state: 'gone', owned: 1, ...sent, quiet_until: later },
    does: 'wait',
    until: later,
  },
  {
    title: 'repeats a removal whose answer was lost',
    record: { state: 'gone', owned: 1, sent_action: 'remove', quiet_until: later },
    does: 'remove',
  },
  {
    title: 'sends newer values once the quiet time is over',
    record: { ...listed, ...sent, sent_offer_rev: 'o0', quiet_until: before },
    does: 'upsert',
  },
  {
    title: 'keeps what is live when the new state is blocked',
    record: { state: 'blocked', ...live },
    does: 'wait',
    until: null,
  },
  {
    title: 'does not resend a blocked listing when patience is over',
    record: { state: 'blocked', ...inFlight, patience_until: before },
    does: 'wait',
    until: null,
  },
  {
    title: 'sends the stock of a restock once its price is live',
    record: { ...listed, ...live, verdict_offer_rev: 'price-first:o1' },
    does: 'offer',
  },
  {
    title: 'keeps the stock of a restock back when its price is refused',
    record: { ...listed, ...live, verdict: 'rejected', verdict_offer_rev: 'price-first:o1' },
    does: 'wait',
    until: null,
  },
  {
    title: 'asks again for what was refused, where that may end without us',
    record: { ...listed, ...live, verdict: 'rejected', retry_at: before },
    does: 'upsert',
  },
  {
    title: 'sends a restock whose refused price has changed since',
    record: { ...listed, ...live, verdict: 'rejected', verdict_offer_rev: 'price-first:o0' },
    does: 'upsert',
  },
  {
    title: 'leaves a listing of somebody else alone, though we want to list its SKU',
    record: { ...listed, unmanaged: 1 },
    does: 'wait',
    until: null,
  },
  {
    title: 'brings a listing of somebody else in step once it is adopted',
    record: { ...listed, unmanaged: 1, owned: 1 },
    does: 'upsert',
  },
  {
    title: 'does not remove a listing of somebody else that we do not want',
    record: { state: 'excluded', unmanaged: 1 },
    does: 'settled',
    until: null,
  },
  {
    title: 'removes what is excluded and may be there',
    record: { state: 'excluded', ...live },
    does: 'remove',
  },
  {
    title: 'removes what left the catalog and may be there, whatever the channel said',
    record: { state: 'gone', owned: 1, verdict: 'rejected' },
    does: 'remove',
  },
  {
    title: 'repeats a removal when patience is over',
    record: { state: 'excluded', owned: 1, submission: 's1', sent_action: 'remove', patience_until: before },
    does: 'remove',
  },
  {
    title: 'leaves alone what is excluded and was never ours',
    record: { state: 'excluded', owned: 0 },
    does: 'settled',
    until: null,
  },
  {
    title: 'leaves alone what is gone and confirmed as removed',
    record: { state: 'gone', owned: 0, verdict: 'removed' },
    does: 'settled',
    until: null,
  },
  {
    title: 'sends again when patience is over',
    record: { ...listed, ...inFlight, patience_until: before },
    does: 'upsert',
  },
  {
    title: 'is settled when live on this revision, until the refresh',
    record: { ...listed, ...live, refresh_at: later },
    does: 'settled',
    until: later,
  },
  {
    title: 'is settled for good where nothing expires',
    record: { ...listed, ...live },
    does: 'settled',
    until: null,
  },
  {
    title: 'refreshes a live listing before it expires',
    record: { ...listed, ...live, refresh_at: before },
    does: 'upsert',
  },
  {
    title: 'waits on a rejected revision',
    record: { ...listed, ...live, verdict: 'rejected' },
    does: 'wait',
    until: null,
  },
  {
    title: 'tries again when a rejected listing changed its content',
    record: { ...listed, ...live, verdict: 'rejected', content_rev: 'c2' },
    does: 'upsert',
  },
  {
    title: 'tries the whole listing again when a rejected one changed its offer',
    record: { ...listed, ...live, verdict: 'rejected', offer_rev: 'o2' },
    does: 'upsert',
  },
  {
    title: 'sends only the offer when only the offer differs',
    record: { ...listed, ...live, offer_rev: 'o2', refresh_at: later },
    does: 'offer',
  },
  {
    title: 'sends the whole listing when the offer differs and the refresh is due',
    record: { ...listed, ...live, offer_rev: 'o2', refresh_at: before },
    does: 'upsert',
  },
  {
    title: 'sends the whole listing when the content differs',
    record: { ...listed, ...live, content_rev: 'c2' },
    does: 'upsert',
  },
  { title: 'sends a listing the channel never had', record: { ...listed }, does: 'upsert' },
  { title: 'sends again what was removed before', record: { ...listed, verdict: 'removed' }, does: 'upsert' },
  {
    title: 'sends again what is no longer trusted to be live',
    record: { ...listed, owned: 1, verdict: null },
    does: 'upsert',
  },
];

describe('the step of a listing', () => {
  it.each(ROWS)('$title', ({ record, does, until }) => {
    const decided = step({ ...newRecord('google-us', 1, 'A'), ...record }, now);
    expect(decided.do).toBe(does);
    if (until !== undefined) expect(decided).toMatchObject({ until });
  });

  it('asks for attention now when something is due, and at the waiting instant otherwise', () => {
    const record = newRecord('google-us', 1, 'A');
    expect(attentionOf({ ...record, ...listed }, now)).toBe(now);
    expect(attentionOf({ ...record, ...listed, retry_at: later }, now)).toBe(later);
    expect(attentionOf({ ...record, ...listed, ...live }, now)).toBeNull();
  });
});
