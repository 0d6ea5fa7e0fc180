import { describe, expect, it } from 'vitest';
import { plusMs } from '../../src/domain/instant.js';
import { channelHealth, type HealthFacts } from '../../src/views/channel-health.js';
import { ledgerOf } from '../../src/views/ledger.js';
import { problemGroups } from '../../src/views/problem-list.js';

const now = '2026-11-25T12:00:00.000Z';
const MINUTE_MS = 60_000;
const ago = (minutes: number): string => plusMs(now, -minutes * MINUTE_MS);
const well: HealthFacts = {
  ages: { priceSentAt: null, stockSentAt: null, readBackAt: null, lookedAt: ago(1) },
  started: true,
  pausedCode: null,
  pausedAt: null,
  oldestDue: null,
  ledger: ledgerOf(new Map([['live', 3]]), { catalog: 3, behind: 0, settled: true }),
  problems: [],
};
const wordOf = (facts: Partial<HealthFacts>) => channelHealth({ ...well, ...facts }, now, 5 * MINUTE_MS).word;
const problem = (code: string, key: string, severity: 'error' | 'warning' = 'error') => ({
  key,
  channel: 'c',
  severity,
  code,
  message: `${code} happened`,
  advice: 'Act.',
  since: ago(60),
  seenAt: ago(1),
  snooze: null,
});

describe('the health of a channel', () => {
  it('is about the oldest change that waits, not about the last job', () => {
    expect(wordOf({})).toBe('on-time');
    expect(wordOf({ oldestDue: ago(4) })).toBe('on-time');
    expect(wordOf({ oldestDue: ago(20) })).toBe('catching-up');
    expect(wordOf({ oldestDue: ago(31) })).toBe('late');
  });

  it('is late when nobody has looked for longer than promised, whatever waits', () => {
    expect(wordOf({ ages: { ...well.ages, lookedAt: ago(34) } })).toBe('on-time');
    expect(wordOf({ ages: { ...well.ages, lookedAt: ago(36) } })).toBe('late');
  });

  it('needs a person for lost credentials, held changes and numbers that do not add up, and for nothing that heals', () => {
    expect(wordOf({ pausedCode: 'invalid_grant', pausedAt: ago(9) })).toBe('needs-you');
    expect(wordOf({ problems: [problem('changes_held', 'standing:changes_held:c')] })).toBe('needs-you');
    expect(wordOf({ problems: [problem('throttled', 'channel:c:calls', 'warning')] })).toBe('on-time');
    const broken = ledgerOf(new Map([['live', 2]]), { catalog: 3, behind: 0, settled: true });
    expect(wordOf({ ledger: broken })).toBe('needs-you');
  });

  it('is not that of one order which needs a person', () => {
    const late = problem('late_shipment', 'standing:late_shipment:c/1');
    expect(wordOf({ problems: [late] })).toBe('on-time');
  });

  it('is not started before anything was worked out', () => {
    expect(wordOf({ started: false })).toBe('not-started');
  });
});

describe('problems', () => {
  it('of one kind on one channel are one line, with what a person must act on first', () => {
    const groups = problemGroups([
      { ...problem('throttled', 'channel:c:calls', 'warning'), since: ago(90) },
      { ...problem('late_shipment', 'standing:late_shipment:c/2'), since: ago(10) },
      { ...problem('late_shipment', 'standing:late_shipment:c/1'), since: ago(30) },
    ]);
    expect(groups).toMatchObject([
      { code: 'late_shipment', owner: 'operator', count: 2, since: ago(30) },
      { code: 'throttled', owner: 'channel', count: 1 },
    ]);
    expect(groups[0]?.members.map(({ key }) => key)).toEqual([
      'standing:late_shipment:c/1',
      'standing:late_shipment:c/2',
    ]);
  });
});

it('a count that lacks a variant says so only when nobody is at work', () => {
  const words = new Map([['live', 2]]);
  expect(ledgerOf(words, { catalog: 3, behind: 1, settled: false })).toMatchObject({
    waiting: 1,
    unaccounted: 0,
  });
  expect(ledgerOf(words, { catalog: 3, behind: 0, settled: true })).toMatchObject({
    waiting: 0,
    unaccounted: 1,
  });
});
