import { describe, expect, it } from 'vitest';
import { INSPECTION } from '../../../connectors/meta/audit/inspection.js';
import { IMAGE_RULES, PAGE_RULES } from '../../../connectors/meta/audit/sight-rules.js';
import type { ImageFacts, PageFacts, SightFacts } from '../../../src/channel/inspection.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING, testHost } from './support.js';

const picture = (more: Partial<ImageFacts>): ImageFacts => ({
  kind: 'image',
  status: 200,
  failure: null,
  type: 'jpeg',
  width: 1_000,
  height: 1_000,
  bytes: 200_000,
  ...more,
});
const page = (offers: PageFacts['offers'], more: Partial<PageFacts> = {}): PageFacts => ({
  kind: 'page',
  status: 200,
  failure: null,
  offers,
  ...more,
});
const offer = (minor: number | null, availability: string | null = null, sku: string | null = null) => ({
  sku,
  price: minor === null ? null : { minor, currency: 'EUR' },
  availability,
});

function codes(facts: SightFacts, change: JsonObject = {}): readonly string[] {
  const url = String(facts.kind === 'image' ? LISTING.image_link : LISTING.link);
  const context = { channel: testHost().channel, now: '2026-11-28T00:00:00.000Z', sku: 'A' };
  return INSPECTION.judge({ ...LISTING, ...change }, new Map([[url, facts]]), context).map(
    ({ code }) => code,
  );
}

/** Rule, facts it complains about, facts it lets pass. */
const CASES: readonly (readonly [string, SightFacts, SightFacts])[] = [
  ['IMAGE_FETCH_FAILED', picture({ status: 404, type: null }), picture({ status: 206 })],
  ['IMAGE_FETCH_FAILED', picture({ status: null, failure: 'private', type: null }), picture({})],
  ['IMAGE_FORMAT', picture({ type: 'webp' }), picture({ type: 'png' })],
  ['IMAGE_FORMAT', picture({ type: null }), picture({ type: null, status: 404 })],
  ['IMAGE_RESOLUTION_LOW', picture({ width: 499, height: 600 }), picture({ width: 500, height: 500 })],
  ['IMAGE_RESOLUTION_LOW', picture({ width: 600, height: 499 }), picture({ width: null, height: null })],
  ['IMAGE_FETCH_FAILED_FILE_SIZE_EXCEEDED', picture({ bytes: 8_000_001 }), picture({ bytes: 8_000_000 })],
  ['IMAGE_CROPPED', picture({ width: 1_920, height: 1_000 }), picture({ width: 1_910, height: 1_000 })],
  ['IMAGE_CROPPED', picture({ width: 790, height: 1_000 }), picture({ width: 800, height: 1_000 })],
  [
    'IMAGE_CHANGED_SAME_ADDRESS',
    picture({ mark: 'b', firstMark: 'a' }),
    picture({ mark: 'a', firstMark: 'a' }),
  ],
  ['QUALITY_ITEM_LINK_BROKEN', page([], { status: 410 }), page([])],
  ['QUALITY_ITEM_LINK_REDIRECTING', page([], { redirectedTo: 'https://shop.example/p/new' }), page([])],
  [
    'QUALITY_ITEM_LINK_REDIRECTING',
    page([], { status: null, failure: 'too_many_redirects' }),
    page([], { status: null, failure: 'unreachable' }),
  ],
  ['CRAWLED_AVAILABILITY_MISMATCH', page([offer(null, 'out_of_stock')]), page([offer(null, 'in_stock')])],
  [
    'CRAWLED_AVAILABILITY_MISMATCH',
    page([offer(null, 'sold_out', 'A'), offer(null, 'in_stock', 'B')]),
    page([offer(null, 'sold_out'), offer(null, 'in_stock')]),
  ],
  ['CRAWLED_PRICE_MISMATCH', page([offer(2_491)]), page([offer(2_490)])],
  [
    'CRAWLED_PRICE_MISMATCH',
    page([offer(1, null, 'A'), offer(2_490, null, 'B')]),
    page([offer(1), offer(2)]),
  ],
];

describe('what Meta items show on the network', () => {
  it.each(CASES)('%s is found', (code, wrong) => {
    expect(codes(wrong)).toContain(code);
  });

  it.each(CASES)('%s lets its neighbour pass', (code, _, right) => {
    expect(codes(right)).not.toContain(code);
  });

  it('has a case for every rule, dated like the others', () => {
    const rules = [...IMAGE_RULES, ...PAGE_RULES];
    expect(rules.filter(({ code }) => !CASES.some(([tested]) => tested === code))).toEqual([]);
    for (const { verified } of rules) expect(verified).toMatch(/^2026-\d\d-\d\d$/);
  });

  it('takes a sale price on the page for right, and prices of another currency for no proof', () => {
    expect(codes(page([offer(1_990)]), { sale_price: '19.90 EUR' })).toEqual([]);
    expect(codes(page([{ sku: null, price: { minor: 1, currency: 'USD' }, availability: null }]))).toEqual(
      [],
    );
  });

  it('looks at the picture that Meta shows and at the page, and at nothing that is not there', () => {
    const own = { image: [{ url: 'https://cdn.example/own.jpg' }] };
    expect(INSPECTION.sights({ ...LISTING, ...own })).toEqual([
      { kind: 'image', url: 'https://cdn.example/own.jpg' },
      { kind: 'page', url: LISTING.link },
    ]);
    expect(INSPECTION.sights({})).toEqual([]);
    const context = { channel: testHost().channel, now: '2026-11-28T00:00:00.000Z' };
    expect(INSPECTION.judge(LISTING, new Map(), context)).toEqual([]);
  });
});
