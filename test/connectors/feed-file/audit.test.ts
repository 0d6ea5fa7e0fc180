import { expect, it } from 'vitest';
import { auditListing } from '../../../connectors/feed-file/audit.js';
import { FORMATS } from '../../../connectors/feed-file/settings.js';

const channel = {
  id: 'file',
  connector: 'feed-file',
  country: 'US',
  language: 'en',
  currency: 'USD',
  zone: 'UTC',
};
const codes = (format: string, sku: string): string[] =>
  auditListing({}, { channel, now: '2026-11-25T00:00:00.000Z', sku, settings: { format } }).map(
    ({ code }) => code,
  );

it.each(FORMATS)('%s takes a SKU as long as the channel does, and no longer one', (format) => {
  const longest = format.startsWith('google-') ? 50 : 100;
  expect(codes(format, 'x'.repeat(longest))).toEqual([]);
  expect(codes(format, 'x'.repeat(longest + 1))).toEqual(format === 'jsonl' ? [] : ['id_too_long']);
});

it('counts characters, not code units', () => {
  expect(codes('google-rss', '👕'.repeat(50))).toEqual([]);
});

it('takes no control characters', () => {
  expect(codes('google-tsv', 'A\tB')).toEqual(['id_characters']);
});
