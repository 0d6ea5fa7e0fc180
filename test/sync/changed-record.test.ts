import { describe, expect, it } from 'vitest';
import type { CatalogRow } from '../../src/catalog/store.js';
import { changedRecord } from '../../src/sync/changed-record.js';
import type { Desired } from '../../src/sync/desired.js';
import { type ListingRecord, newRecord } from '../../src/sync/listing-record.js';

const now = '2026-11-24T12:00:00.000Z';
const tomorrow = '2026-11-25T12:00:00.000Z';
const moment = { channel: 'google-us', now, coalesceMs: 900_000 };
const row = { variantId: 1, sku: 'A', seq: 7 } as CatalogRow;

const waiting: ListingRecord = {
  ...newRecord('google-us', 1, 'A'),
  ...{ state: 'listed', content_rev: 'c', offer_rev: 'old', owned: 1, verdict: 'live' },
  ...{
    verdict_content_rev: 'c',
    verdict_offer_rev: 'older',
    retry_at: tomorrow,
    retry_code: 'two_updates_today',
  },
};

function desired(offerRev: string): Desired {
  return {
    ...{ state: 'listed', attributes: {}, issues: [], kind: null },
    ...{ contentRev: 'c', offerRev, price: null },
  } as unknown as Desired;
}

describe('a listing that waits to be tried again', () => {
  it('does not wait any longer when nothing of it is left', () => {
    const next = changedRecord(waiting, { row, desired: desired('sold-out'), soldOut: true }, moment);
    expect(next).toMatchObject({ urgent: 1, retry_at: null, attention_at: now });
  });

  it('waits on for any other change', () => {
    const next = changedRecord(waiting, { row, desired: desired('dearer'), soldOut: false }, moment);
    expect(next).toMatchObject({ urgent: 0, retry_at: tomorrow, attention_at: tomorrow });
  });

  it('does not wait for the day it would be asked about again unchanged', () => {
    const refused = { ...waiting, verdict: 'rejected', retry_code: 'asked_again' } as const;
    const next = changedRecord(refused, { row, desired: desired('mended'), soldOut: false }, moment);
    expect(next).toMatchObject({ retry_at: null });
  });

  it('waits when the channel put off what was urgent already', () => {
    const urgent = { ...waiting, urgent: 1 };
    const next = changedRecord(urgent, { row, desired: desired('sold-out'), soldOut: true }, moment);
    expect(next).toMatchObject({ retry_at: tomorrow, attention_at: tomorrow });
  });

  it('does not wait any longer, nor for the window of the channel, when it goes', () => {
    for (const gone of [{ state: 'gone' }, { state: 'excluded', reason: 'a draft' }] as const) {
      const next = changedRecord(waiting, { row, desired: gone, soldOut: false }, moment);
      expect(next).toMatchObject({ urgent: 1, retry_at: null, attention_at: now });
    }
  });

  it('is in no hurry to go from a channel that never had it', () => {
    const unsent = { ...waiting, owned: 0, verdict: null, retry_at: null } as ListingRecord;
    const next = changedRecord(unsent, { row, desired: { state: 'gone' }, soldOut: false }, moment);
    expect(next).toMatchObject({ urgent: 0 });
  });
});
