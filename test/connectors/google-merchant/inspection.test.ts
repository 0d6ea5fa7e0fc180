import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { INSPECTION } from '../../../connectors/google-merchant/audit/inspection.js';
import {
  IMAGE_RULES,
  PAGE_RULES,
  sightReference,
} from '../../../connectors/google-merchant/audit/sight-rules.js';
import type { ImageFacts, PageFacts, PageOffer } from '../../../src/channel/inspection.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING, testHost } from './support.js';

const IMAGE_URL = 'https://cdn.example.com/i/tshirt-red-1.jpg';
const PAGE_URL = 'https://shop.example.com/p/tshirt?variant=red-m';
const picture = (more: Partial<ImageFacts>): ImageFacts => ({
  kind: 'image',
  status: 200,
  failure: null,
  type: 'jpeg',
  width: 1500,
  height: 1500,
  bytes: 200_000,
  ...more,
});
const offer = (
  minor: number | null,
  availability: string | null = null,
  sku: string | null = null,
): PageOffer => ({
  sku,
  price: minor === null ? null : { minor, currency: 'USD' },
  availability,
});
const page = (offers: readonly PageOffer[], more: Partial<PageFacts> = {}): PageFacts => ({
  kind: 'page',
  status: 200,
  failure: null,
  offers,
  ...more,
});

function codes(facts: ImageFacts | PageFacts, change: JsonObject = {}): readonly string[] {
  const seen = new Map([[facts.kind === 'image' ? IMAGE_URL : PAGE_URL, facts]]);
  const context = { channel: testHost().channel, now: '2026-11-28T00:00:00.000Z', sku: 'RED-M' };
  return INSPECTION.judge({ ...LISTING, ...change }, seen, context).map(
    (issue) => `${issue.severity} ${issue.code}`,
  );
}

/** Rule, facts it complains about, and facts it lets pass. */
const CASES: readonly (readonly [string, ImageFacts | PageFacts, ImageFacts | PageFacts])[] = [
  ['image_not_reachable', picture({ status: 403, type: null }), picture({})],
  [
    'image_not_reachable',
    picture({ status: null, failure: 'private', type: null }),
    picture({ status: 206 }),
  ],
  ['image_no_picture', picture({ type: null }), picture({ type: 'webp' })],
  ['image_no_picture', picture({ type: 'svg' }), picture({ type: 'gif' })],
  ['image_too_small', picture({ width: 499 }), picture({ width: 500, height: 500 })],
  ['image_too_many_pixels', picture({ width: 9000, height: 8000 }), picture({ width: 8000, height: 8000 })],
  ['image_too_heavy', picture({ bytes: 16 * 1024 * 1024 + 1 }), picture({ bytes: null })],
  ['page_not_reachable', page([], { status: 404 }), page([])],
  ['page_not_reachable', page([], { status: null, failure: 'too_many_redirects' }), page([])],
  ['page_price_differs', page([offer(2599)]), page([offer(2499)])],
  ['page_price_differs', page([offer(2499), offer(2599, null, 'RED-M')]), page([offer(2599), offer(2499)])],
  [
    'page_price_differs',
    page([{ ...offer(null), price: { minor: 2499, currency: 'EUR' } }]),
    page([offer(null)]),
  ],
  [
    'page_availability_differs',
    page([offer(2499, 'out_of_stock')]),
    page([offer(2499, 'limited_availability')]),
  ],
];

describe('what is said of pictures and pages that were seen', () => {
  it.each(CASES)('%s: warns of the one and lets the other pass', (code, bad, good) => {
    expect(codes(bad)).toContain(`warning ${code}`);
    expect(codes(good)).not.toContain(`warning ${code}`);
  });

  it('is tested rule by rule', () => {
    const tested = CASES.map(([code]) => code);
    expect([...IMAGE_RULES, ...PAGE_RULES].filter((rule) => !tested.includes(rule.code))).toEqual([]);
  });

  it('compares the page with the sale price while the sale is on, and with the price before and after', () => {
    const sale = (window: string) => ({ sale_price: '19.99 USD', sale_price_effective_date: window });
    const on = sale('2026-11-27T00:00:00Z/2026-12-01T00:00:00Z');
    const over = sale('2026-11-20T00:00:00Z/2026-11-28T00:00:00Z');
    expect(codes(page([offer(1999)]), on)).toEqual([]);
    expect(codes(page([offer(2499)]), on)).toEqual(['warning page_price_differs']);
    expect(codes(page([offer(2499)]), over)).toEqual([]);
    expect(codes(page([offer(1999)]), { sale_price: '19.99 USD' })).toEqual([]);
  });

  it('is nothing about what was not looked at', () => {
    expect(
      INSPECTION.judge(LISTING, new Map(), { channel: testHost().channel, now: '2026-11-28T00:00:00.000Z' }),
    ).toEqual([]);
  });

  it('is about every picture once and the one page', () => {
    const listing = {
      ...LISTING,
      additional_image_link: [IMAGE_URL, 'https://cdn.example.com/2.jpg', 'not an address'],
    };
    expect(INSPECTION.sights(listing)).toEqual([
      { kind: 'image', url: IMAGE_URL },
      { kind: 'image', url: 'https://cdn.example.com/2.jpg' },
      { kind: 'page', url: PAGE_URL },
    ]);
  });

  it('stands in the README', () => {
    const readme = path.resolve(import.meta.dirname, '../../../connectors/google-merchant/README.md');
    expect(readFileSync(readme, 'utf8')).toContain(sightReference());
  });
});
