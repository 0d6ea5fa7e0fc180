import type { PageOffer } from '../channel/inspection.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { isCurrencyCode, type Money, readDecimal } from '../domain/money.js';

const SCRIPT = /<script\b[^>]*type\s*=\s*["']?application\/ld\+json["']?[^>]*>([\s\S]*?)<\/script>/gi;
const META = /<meta\b[^>]*>/gi;
const MOST_OFFERS = 500;
const DEEPEST = 12;

/**
 * The offers a page states in its structured data: JSON-LD products with offers, else the price in the page's meta tags. A page
 * without any has none; scripts that are no JSON are skipped.
 */
export function readPage(html: string): readonly PageOffer[] {
  const offers: PageOffer[] = [];
  for (const [, body = ''] of html.matchAll(SCRIPT)) collect(parsed(body), { offers, sku: null, depth: 0 });
  return offers.length > 0 ? offers : metaOffers(html);
}

interface Walk {
  readonly offers: PageOffer[];
  /** SKU of the product around an offer. */
  readonly sku: string | null;
  readonly depth: number;
}

function collect(value: JsonValue | undefined, walk: Walk): void {
  if (walk.depth > DEEPEST || walk.offers.length >= MOST_OFFERS) return;
  const inner = { ...walk, depth: walk.depth + 1 };
  if (isJsonArray(value)) for (const entry of value) collect(entry, inner);
  if (!isJsonObject(value)) return;
  const sku = textIn(value.sku) ?? walk.sku;
  if (isOffer(value)) walk.offers.push(offerOf(value, sku));
  for (const member of Object.values(value)) collect(member, { ...inner, sku });
}

function isOffer(value: JsonObject): boolean {
  const types = isJsonArray(value['@type']) ? value['@type'] : [value['@type']];
  return types.some((type) => type === 'Offer' || String(type).endsWith('/Offer'));
}

function offerOf(value: JsonObject, sku: string | null): PageOffer {
  const spec = [value.priceSpecification].flat().find(isJsonObject) ?? {};
  return {
    sku,
    price:
      moneyOf(value.price, value.priceCurrency) ??
      moneyOf(spec.price as JsonValue | undefined, (spec.priceCurrency ?? value.priceCurrency) as JsonValue),
    availability: availabilityOf(value.availability),
  };
}

/** Schema.org wants a number or plain digits; anything else (thousands, words) is not guessed at. */
function moneyOf(price: JsonValue | undefined, currency: JsonValue | undefined): Money | null {
  const code = textIn(currency)?.toUpperCase() ?? '';
  const digits = typeof price === 'number' ? String(price) : textIn(price);
  return digits === null || !isCurrencyCode(code) ? null : readDecimal(digits, code);
}

/** `https://schema.org/InStock` → `in_stock`. */
function availabilityOf(value: JsonValue | undefined): string | null {
  const word = textIn(value)?.split('/').at(-1);
  return word === undefined || word === ''
    ? null
    : word
        .replace(/([a-z])([A-Z])/g, '$1_$2')
        .replaceAll(' ', '_')
        .toLowerCase();
}

function metaOffers(html: string): readonly PageOffer[] {
  const told = new Map<string, string>();
  for (const [tag] of html.matchAll(META)) {
    const [, name] = /\b(?:property|name|itemprop)\s*=\s*["']([^"']+)["']/i.exec(tag) ?? [];
    const [, content] = /\bcontent\s*=\s*["']([^"']*)["']/i.exec(tag) ?? [];
    if (name !== undefined && content !== undefined && !told.has(name)) told.set(name, content);
  }
  const price = moneyOf(
    told.get('product:price:amount') ?? told.get('og:price:amount'),
    told.get('product:price:currency') ?? told.get('og:price:currency'),
  );
  const availability = availabilityOf(told.get('product:availability') ?? told.get('og:availability'));
  return price === null && availability === null ? [] : [{ sku: null, price, availability }];
}

function textIn(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text.trim()) as JsonValue;
  } catch {
    // Broken structured data says nothing; Google ignores it too.
    return undefined;
  }
}
