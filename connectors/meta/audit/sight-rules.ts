import type { ImageFacts, PageFacts, PageOffer } from '../../../src/channel/inspection.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { moneyText } from '../../../src/domain/money.js';
import { moneyIn } from './money.js';
import { FROM, VERIFIED } from './sources.js';

/** A rule about something that was looked at on the network. Never an error: what we saw may be gone when Meta looks. */
export interface SightRule<Facts> {
  /** Meta's own error type, so that our warning and its later one read alike. */
  readonly code: string;
  readonly about: string;
  readonly source: string;
  readonly verified: string;
  readonly advice: string;
  /** What is wrong, as a sentence; null: nothing, or it cannot be told. Pure. */
  readonly complaint: (facts: Facts, listing: JsonObject, sku: string | undefined) => string | null;
}

const MEGABYTE = 1_000_000;
/** Bounds of a picture (catalog fields, verified 2026-11-23). */
const SMALLEST_SIDE = 500;
const MOST_BYTES = 8 * MEGABYTE;
/** Characters of an address that are shown. */
const MOST_ADDRESS = 200;
/** Wider or higher pictures are cropped. */
const ASPECT = { lowest: 4 / 5, highest: 1.91 };

const gone = ({ status, failure }: ImageFacts | PageFacts): string | null => {
  if (failure !== null) return failure.replaceAll('_', ' ');
  return status !== null && status >= 400 ? `answer ${status}` : null;
};

/** Rules about the main picture. */
export const IMAGE_RULES: readonly SightRule<ImageFacts>[] = [
  {
    code: 'IMAGE_FETCH_FAILED',
    about: 'the picture can be fetched from outside',
    source: FROM.errors,
    verified: VERIFIED,
    advice: 'Open the address in a browser that is not signed in.',
    complaint: (facts) => {
      const why = gone(facts);
      return why === null ? null : `The picture cannot be fetched (${why}).`;
    },
  },
  {
    code: 'IMAGE_FORMAT',
    about: 'pictures are JPEG or PNG by their first bytes',
    source: FROM.fields,
    verified: VERIFIED,
    advice: 'Serve a JPEG or PNG.',
    complaint: (facts) => {
      if (gone(facts) !== null || facts.type === 'jpeg' || facts.type === 'png') return null;
      return facts.type === null
        ? 'The address holds no picture.'
        : `The picture is ${facts.type.toUpperCase()}.`;
    },
  },
  {
    code: 'IMAGE_RESOLUTION_LOW',
    about: 'pictures of 500 × 500 pixels or more',
    source: FROM.errors,
    verified: VERIFIED,
    advice: 'Serve a larger picture under a new address.',
    complaint: ({ width, height }) =>
      width !== null && height !== null && Math.min(width, height) < SMALLEST_SIDE
        ? `The picture has ${width} × ${height} pixels.`
        : null,
  },
  {
    code: 'IMAGE_FETCH_FAILED_FILE_SIZE_EXCEEDED',
    about: 'pictures of 8 MB or less',
    source: FROM.errors,
    verified: VERIFIED,
    advice: 'Serve a smaller file under a new address.',
    complaint: ({ bytes }) =>
      bytes !== null && bytes > MOST_BYTES ? `The picture has ${(bytes / MEGABYTE).toFixed(1)} MB.` : null,
  },
  {
    code: 'IMAGE_CROPPED',
    about: 'pictures beyond 4:5 and 1.91:1 are cropped',
    source: FROM.quality,
    verified: VERIFIED,
    advice: 'Use a picture nearer to a square.',
    complaint: ({ width, height }) => {
      if (width === null || height === null || height === 0) return null;
      const aspect = width / height;
      return aspect < ASPECT.lowest || aspect > ASPECT.highest
        ? `The picture is ${width} × ${height}; it is cropped in most places.`
        : null;
    },
  },
  {
    code: 'IMAGE_CHANGED_SAME_ADDRESS',
    about: 'another picture under an address that stayed the same, which Meta does not fetch anew',
    source: FROM.fields,
    verified: VERIFIED,
    advice: 'Give the new picture a new address, for example with a hash of the file.',
    complaint: ({ mark, firstMark }) =>
      mark !== undefined && firstMark !== undefined && mark !== firstMark
        ? 'The picture is another one than when its address was first seen; Meta may go on showing the old one.'
        : null,
  },
];

/** Rules about the page of the item. */
export const PAGE_RULES: readonly SightRule<PageFacts>[] = [
  {
    code: 'QUALITY_ITEM_LINK_BROKEN',
    about: 'the page answers',
    source: FROM.errors,
    verified: VERIFIED,
    advice: 'Correct the link, or take the product off.',
    complaint: (facts) => {
      const why = gone(facts);
      return why === null ? null : `The page cannot be opened (${why}).`;
    },
  },
  {
    code: 'QUALITY_ITEM_LINK_REDIRECTING',
    about: 'the page answers at its own address, without a redirect',
    source: FROM.errors,
    verified: VERIFIED,
    advice: 'Let the link be the address the shop ends at.',
    complaint: ({ redirectedTo, failure }) => {
      if (failure === 'too_many_redirects') return 'The link redirects again and again.';
      return redirectedTo === undefined
        ? null
        : `The link redirects to ${redirectedTo.slice(0, MOST_ADDRESS)}.`;
    },
  },
  {
    code: 'CRAWLED_AVAILABILITY_MISMATCH',
    about: 'availability of the page’s structured data and of the listing agree',
    source: FROM.errors,
    verified: VERIFIED,
    advice: 'Bring the stock of shop and catalog into line.',
    complaint: (facts, listing, sku) => {
      const shown = offerOf(facts, sku)?.availability ?? null;
      const ours = typeof listing.availability === 'string' ? listing.availability : null;
      if (shown === null || ours === null) return null;
      const sold = (word: string): boolean => word === 'in stock' || word === 'in_stock';
      return sold(shown) === sold(ours)
        ? null
        : `The page says ${shown.replaceAll('_', ' ')}, the listing ${ours}.`;
    },
  },
  {
    code: 'CRAWLED_PRICE_MISMATCH',
    about: 'the price of the page’s structured data and of the listing agree',
    source: FROM.quality,
    verified: VERIFIED,
    advice: 'Bring the prices of shop and catalog into line, taxes included.',
    complaint: (facts, listing, sku) => {
      const shown = offerOf(facts, sku)?.price ?? null;
      const prices = ['price', 'sale_price']
        .map((name) => moneyIn(listing, name))
        .filter((price) => price !== null);
      if (shown === null || prices.length === 0 || prices.some(({ currency }) => currency !== shown.currency))
        return null;
      return prices.some(({ minor }) => minor === shown.minor)
        ? null
        : `The page shows ${moneyText(shown)}, the listing ${String(listing.sale_price ?? listing.price)}.`;
    },
  },
];

/** The offer of the SKU, or the only one. */
function offerOf({ offers }: PageFacts, sku: string | undefined): PageOffer | null {
  const own = offers.find((offer) => sku !== undefined && offer.sku === sku);
  return own ?? (offers.length === 1 ? (offers[0] ?? null) : null);
}

/** The rules as Markdown lines for the README. */
export function sightReference(): string {
  return [...IMAGE_RULES, ...PAGE_RULES]
    .map(({ code, about, source, verified }) => `- \`${code}\`: ${about} (${source}, ${verified})`)
    .join('\n');
}
