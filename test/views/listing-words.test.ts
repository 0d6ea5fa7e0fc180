import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Queries } from '../../src/db/database.js';
import { type ListingRecord, newRecord } from '../../src/sync/listing-record.js';
import { writeRecords } from '../../src/sync/records.js';
import {
  LISTING_WORDS,
  ledgerPart,
  listingWord,
  seenWord,
  stateFacts,
} from '../../src/views/listing-words.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const revisions = fc.constantFrom(null, 'a', 'b', 'price-first:a', 'price-first:');
const records = fc.record({
  state: fc.constantFrom('listed', 'blocked', 'excluded', 'gone'),
  owned: fc.constantFrom(0, 1),
  unmanaged: fc.constantFrom(null, 1),
  held: fc.constantFrom(null, 'too much'),
  submission: fc.constantFrom(null, 's1'),
  content_rev: fc.constantFrom(null, 'a', 'b'),
  offer_rev: fc.constantFrom(null, 'a', 'b'),
  verdict: fc.constantFrom(null, 'live', 'rejected', 'removed'),
  verdict_content_rev: fc.constantFrom(null, 'a', 'b'),
  verdict_offer_rev: revisions,
});

async function wordsIn(queries: Queries): Promise<Map<number, string>> {
  const rows = await queries.all<{ variant_id: number; word: string }>(
    'SELECT variant_id, word FROM listing',
  );
  return new Map(rows.map((row) => [row.variant_id, row.word]));
}

const wanted = { ...newRecord('c', 1, 'S'), state: 'listed', content_rev: 'a', offer_rev: 'a' } as const;

onEachDatabase('the word of a listing', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  it('is the same in the database and in the code, whatever the record looks like', async () => {
    const refused = { ...wanted, owned: 1, verdict: 'rejected', verdict_content_rev: 'a' } as const;
    const shown = { ...refused, verdict: 'live', verdict_offer_rev: 'a' } as const;
    const rare = [
      shown,
      { ...refused, verdict_offer_rev: 'a' },
      { ...refused, verdict_offer_rev: 'price-first:a' },
    ];
    const samples = [...fc.sample(records, 1_000), ...rare].map(
      (facts, id): ListingRecord => ({
        ...newRecord('c', id, `S${id}`),
        ...(facts as Partial<ListingRecord>),
        variant_id: id,
      }),
    );
    await test.database.transaction((tx) => writeRecords(tx, samples));
    const stored = await wordsIn(test.database);
    for (const sample of samples)
      expect([sample, stored.get(sample.variant_id)]).toEqual([sample, listingWord(sample)]);
    expect(new Set(stored.values())).toEqual(new Set(LISTING_WORDS));
    await test.database.run("UPDATE listing SET state = 'blocked' WHERE variant_id < 500");
    const rows = await test.database.all<{ variant_id: number; word: string }>(
      'SELECT variant_id, word FROM listing_word',
    );
    expect(new Map(rows.map((row) => [row.variant_id, row.word]))).toEqual(await wordsIn(test.database));
    expect(rows).toHaveLength(samples.length);
  });

  it('follows a record from the plan to the answer', async () => {
    const live = {
      ...wanted,
      owned: 1,
      verdict: 'live',
      verdict_content_rev: 'a',
      verdict_offer_rev: 'a',
    } as const;
    const steps = [wanted, { ...wanted, owned: 1, submission: 's' }, live, { ...live, offer_rev: 'b' }];
    const words: unknown[] = [];
    for (const step of steps) {
      await test.database.transaction((tx) => writeRecords(tx, [step]));
      words.push((await wordsIn(test.database)).get(1));
    }
    expect(words).toEqual(['due', 'sent', 'live', 'due']);
  });
});

it('every word but gone is part of the count, once', () => {
  expect(LISTING_WORDS.filter((word) => ledgerPart(word) === null)).toEqual(['gone']);
});

it('shoppers see what the channel said, never what was only sent', () => {
  const sent: ListingRecord = { ...wanted, owned: 1, sent_at: '2026-11-25T10:00:00.000Z', submission: 's' };
  const live: ListingRecord = {
    ...sent,
    submission: null,
    verdict: 'live',
    verdict_content_rev: 'a',
    verdict_offer_rev: 'a',
  };
  const warned = JSON.stringify([
    { severity: 'warning', code: 'w', origin: 'channel', message: 'small image' },
  ]);
  expect(seenWord(wanted)).toBe('nothing');
  expect(seenWord({ ...wanted, unmanaged: 1 })).toBe('foreign');
  expect(seenWord(sent)).toBe('unknown');
  expect(seenWord(live)).toBe('current');
  expect(seenWord({ ...live, offer_rev: 'b' })).toBe('older');
  expect(seenWord({ ...live, state: 'blocked' })).toBe('older');
  expect(seenWord({ ...live, verdict_issues: warned })).toBe('limited');
});

it('a state says until when it is waited, and why it was put off', () => {
  const due: ListingRecord = { ...wanted, attention_at: '2026-11-25T10:00:00.000Z' };
  expect(stateFacts(due)).toMatchObject({
    word: 'due',
    part: 'waiting',
    until: due.attention_at,
    code: null,
  });
  const later: ListingRecord = { ...due, retry_at: '2026-11-25T11:00:00.000Z', retry_code: 'throttled' };
  expect(stateFacts(later)).toMatchObject({ until: later.retry_at, code: 'throttled' });
});
