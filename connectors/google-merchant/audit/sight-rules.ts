import type { AuditContext } from '../../../src/channel/audit-context.js';
import { textOf } from '../../../src/channel/audit-rule.js';
import type { ImageFacts, PageFacts, PageOffer } from '../../../src/channel/inspection.js';
import { epochMs } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type Money, moneyText } from '../../../src/domain/money.js';
import { pageOf } from './pages.js';
import type { Evidence } from './rule.js';
import { moneyIn, windowIn } from './values.js';

interface SightRule<Facts> {
  readonly code: string;
  readonly attribute: string;
  /** What Google wants, for the README. */
  readonly about: string;
  readonly evidence: Evidence;
  readonly complaint: (facts: Facts, view: SightView) => string | null;
  readonly advice: string;
  readonly link: string;
}

/** What a rule about something seen may look at besides the facts. */
export interface SightView {
  readonly url: string;
  readonly listing: JsonObject;
  readonly context: AuditContext;
}

/** Sides below this are refused from 2027-01-31 on, and warned about since 2026-04-14. */
const SHORTEST_SIDE = 500;
const MOST_PIXELS = 64_000_000;
const MOST_BYTES = 16 * 1024 * 1024;
const TYPES = ['jpeg', 'webp', 'png', 'gif', 'bmp', 'tiff'];
const IMAGE = { attribute: 'image_link', link: pageOf('image_link') } as const;

/** Rules about pictures that were looked at (specification 0 and 5.1, pre-flight table 12; read 2026-11-23). */
export const IMAGE_RULES: readonly SightRule<ImageFacts>[] = [
  {
    ...IMAGE,
    code: 'image_not_reachable',
    about: 'A picture anybody can fetch.',
    evidence: 'help-page',
    complaint: (facts, { url }) => unreachable(facts, url),
    advice: 'Open the address in a private window; allow Googlebot-Image in robots.txt.',
  },
  {
    ...IMAGE,
    code: 'image_no_picture',
    about: `Bytes of one of ${TYPES.join(', ')}, whatever the name says.`,
    evidence: 'help-page',
    complaint: (facts, { url }) =>
      isAnswered(facts) && !TYPES.includes(facts.type ?? '')
        ? `${url} is ${facts.type === null ? 'no picture' : `a picture of type ${facts.type}`}.`
        : null,
    advice: 'Give pictures as JPEG, WebP or PNG.',
  },
  {
    ...IMAGE,
    code: 'image_too_small',
    about: `At least ${SHORTEST_SIDE} x ${SHORTEST_SIDE} pixels, from 2027-01-31 on without exception; 1500 x 1500 advised.`,
    evidence: 'third-party',
    complaint: ({ width, height }, { url }) =>
      width !== null && height !== null && Math.min(width, height) < SHORTEST_SIDE
        ? `${url} has ${width} x ${height} pixels.`
        : null,
    advice: 'Give a larger picture; 1500 x 1500 pixels are advised.',
  },
  {
    ...IMAGE,
    code: 'image_too_many_pixels',
    about: 'At most 64 megapixels.',
    evidence: 'help-page',
    complaint: ({ width, height }, { url }) =>
      width !== null && height !== null && width * height > MOST_PIXELS
        ? `${url} has ${Math.round((width * height) / 1_000_000)} megapixels.`
        : null,
    advice: 'Give a smaller picture.',
  },
  {
    ...IMAGE,
    code: 'image_too_heavy',
    about: 'At most 16 MB.',
    evidence: 'help-page',
    complaint: ({ bytes }, { url }) =>
      bytes !== null && bytes > MOST_BYTES ? `${url} has ${Math.ceil(bytes / 1024 / 1024)} MB.` : null,
    advice: 'Compress the picture.',
  },
];

const PAGE = { link: pageOf('link') } as const;

/** Rules about landing pages that were looked at (pre-flight table 6; read 2026-11-23). A page without structured data says nothing. */
export const PAGE_RULES: readonly SightRule<PageFacts>[] = [
  {
    ...PAGE,
    code: 'page_not_reachable',
    attribute: 'link',
    about: 'A page anybody can open.',
    evidence: 'help-page',
    complaint: (facts, { url }) => unreachable(facts, url),
    advice: 'Open the address in a private window; allow Googlebot in robots.txt.',
  },
  {
    code: 'page_price_differs',
    attribute: 'price',
    about: 'The price of the listing in the structured data of the page.',
    evidence: 'help-page',
    complaint: (facts, view) => {
      const wanted = payable(view);
      const stated = offersFor(facts, view).map((offer) => offer.price);
      const prices = stated.filter((price) => price !== null);
      if (wanted === null || prices.length === 0 || prices.some((price) => isSame(price, wanted)))
        return null;
      const [first] = prices;
      return first === undefined
        ? null
        : `The listing costs ${moneyText(wanted)}, its page says ${moneyText(first)}.`;
    },
    advice:
      'Make page and catalog agree, taxes included; a variant needs an address that shows its own price. Mismatches cost the product and in the end the account.',
    link: pageOf('price'),
  },
  {
    code: 'page_availability_differs',
    attribute: 'availability',
    about: 'The availability of the listing in the structured data of the page.',
    evidence: 'help-page',
    complaint: (facts, view) => {
      const wanted = PAGE_WORDS[textOf(view.listing, 'availability') ?? ''];
      const words = offersFor(facts, view).flatMap(({ availability }) => availability ?? []);
      if (wanted === undefined || words.length === 0 || words.some((word) => wanted.includes(word)))
        return null;
      return `The listing is ${textOf(view.listing, 'availability')}, its page says ${words[0]}.`;
    },
    advice: 'Make page and stock agree; look whether the page is served from a cache.',
    link: pageOf('availability'),
  },
];

/** Words of schema.org (in snake_case) that mean the same as Google's. */
const PAGE_WORDS: Readonly<Record<string, readonly string[]>> = {
  in_stock: ['in_stock', 'limited_availability', 'online_only', 'in_store_only'],
  out_of_stock: ['out_of_stock', 'sold_out', 'discontinued'],
  preorder: ['pre_order', 'pre_sale', 'preorder'],
  backorder: ['back_order', 'backorder', 'made_to_order'],
};

function isAnswered({ status }: ImageFacts | PageFacts): boolean {
  return status !== null && status >= 200 && status < 300;
}

function unreachable(facts: ImageFacts | PageFacts, url: string): string | null {
  if (facts.failure === 'private') return `${url} leads into a private network.`;
  if (facts.failure === 'too_many_redirects') return `${url} redirects again and again.`;
  if (facts.status === null) return `${url} cannot be reached.`;
  return isAnswered(facts) ? null : `${url} answers ${facts.status}.`;
}

/** Offers of the very SKU where the page names it; all of them otherwise. */
function offersFor({ offers }: PageFacts, { context }: SightView): readonly PageOffer[] {
  const own = offers.filter((offer) => offer.sku !== null && offer.sku === context.sku);
  return own.length > 0 ? own : offers;
}

/** What a shopper pays now: the sale price while its window is open. */
function payable({ listing, context }: SightView): Money | null {
  const sale = moneyIn(listing, 'sale_price');
  const window = windowIn(listing, 'sale_price_effective_date');
  const now = epochMs(context.now);
  const isOn = window === null || (window.start <= now && now < window.end);
  return sale !== null && isOn ? sale : moneyIn(listing, 'price');
}

function isSame(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

/** The rules about what stands on the network as Markdown lines, as they stand in the README. */
export function sightReference(): string {
  return [...IMAGE_RULES, ...PAGE_RULES]
    .map(
      ({ code, attribute, about, evidence, link }) =>
        `- \`${code}\` (\`${attribute}\`): ${about} ([${evidence}](${link}), 2026-11-23)`,
    )
    .join('\n');
}
