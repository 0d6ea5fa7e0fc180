import { type Instant, instantOf, readInstant } from '../domain/instant.js';
import { type Money, readMoneyText } from '../domain/money.js';
import type { Promotion, PromotionFilter, PromotionValue } from '../domain/promotion.js';
import { momentOf } from '../mapping/functions/zone-time.js';

/** A promotion as it stands in a file: texts and lists of texts by field name. */
export type PromotionRecord = Readonly<Record<string, string | readonly string[]>>;

/** Every field of a promotions file, in the spelling of YAML; a CSV column is the same name with underscores. */
export const PROMOTION_FIELDS = {
  id: 'the promotion, at most 50 letters, digits, - and _; stays the same over changes',
  title: 'what shoppers read, with the concrete value',
  starts: 'first instant: 2026-11-27, 2026-11-27 08:00 (in the channel’s time zone) or 2026-11-27T08:00:00Z',
  ends: 'last instant; a date alone includes that day',
  shownFrom: 'first instant it is shown, when it is another one than starts',
  shownUntil: 'last instant it is shown',
  percentOff: 'whole number from 1 to 99; with buy and get: off what one gets',
  amountOff: 'an amount, 5.00 USD',
  freeShipping: 'yes',
  freeGift: 'what the gift is',
  freeGiftValue: 'what it is worth, 5.00 USD',
  buy: 'units to buy',
  get: 'units that then cost less',
  code: 'what the shopper enters; without it the promotion applies by itself',
  onlySkus: 'list',
  onlyProducts: 'list of product ids',
  onlyBrands: 'list',
  onlyTypes: 'list of product types',
  exceptSkus: 'list',
  exceptProducts: 'list',
  exceptBrands: 'list',
  exceptTypes: 'list',
  minimumPurchase: 'an amount',
  minimumQuantity: 'units',
  limitQuantity: 'units it is good for',
  limitValue: 'an amount it is good for at most',
  redeemed: 'online, in-store or both; default online',
  stores: 'codes of the stores it is good in, when not all',
} as const;

type Field = keyof typeof PROMOTION_FIELDS;

const LONGEST_TITLE = 150;
const LONGEST_LIST = 1_000;

/** Reads one record. Mistakes are sentences that name the field; with any of them there is no promotion. Pure. */
export function readPromotion(
  record: PromotionRecord,
  zone: string,
): { readonly promotion: Promotion } | { readonly mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const read = readerOf(record, mistakes);
  for (const name of Object.keys(record))
    if (!Object.hasOwn(PROMOTION_FIELDS, name)) mistakes.push(`${name} is no field of a promotion`);
  const id = read.text('id') ?? '';
  if (!/^[\w-]{1,50}$/.test(id)) mistakes.push('id must be 1 to 50 letters, digits, - or _');
  const title = read.text('title') ?? '';
  if (title === '' || title.length > LONGEST_TITLE)
    mistakes.push(`title must have 1 to ${LONGEST_TITLE} characters`);
  const startsAt = read.instant('starts', zone, 'start');
  const endsAt = read.instant('ends', zone, 'end');
  if (startsAt === undefined && record.starts === undefined) mistakes.push('starts is missing');
  if (endsAt === undefined && record.ends === undefined) mistakes.push('ends is missing');
  if (startsAt !== undefined && endsAt !== undefined && startsAt >= endsAt)
    mistakes.push('ends must come after starts');
  const value = promisedValue(read, mistakes);
  const rest = {
    ...defined('shownFrom', read.instant('shownFrom', zone, 'start')),
    ...defined('shownUntil', read.instant('shownUntil', zone, 'end')),
    ...defined('code', read.text('code')),
    ...defined('only', filterOf(read, 'only')),
    ...defined('except', filterOf(read, 'except')),
    ...defined('minimumPurchase', read.money('minimumPurchase')),
    ...defined('minimumQuantity', read.count('minimumQuantity', 1, 10_000)),
    ...defined('limitQuantity', read.count('limitQuantity', 1, 10_000)),
    ...defined('limitValue', read.money('limitValue')),
    ...defined('redeemed', redeemedOf(read, mistakes)),
    ...defined('stores', read.list('stores')),
  };
  if (mistakes.length > 0 || value === null || startsAt === undefined || endsAt === undefined)
    return { mistakes };
  return { promotion: { id, title, value, startsAt, endsAt, ...rest } };
}

function defined<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: Value });
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(record: PromotionRecord, mistakes: string[]) {
  const text = (name: Field): string | undefined => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value.trim();
    mistakes.push(`${name} must be one value`);
    return undefined;
  };
  const list = (name: Field): readonly string[] | undefined => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (value === undefined || value.length === 0) return undefined;
    const items = typeof value === 'string' ? value.split('|').map((item) => item.trim()) : value;
    if (items.length > LONGEST_LIST) mistakes.push(`${name} has more than ${LONGEST_LIST} entries`);
    return items.filter((item) => item !== '');
  };
  return {
    text,
    list,
    count(name: Field, from: number, to: number): number | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= from && number <= to) return number;
      mistakes.push(`${name} must be a whole number from ${from} to ${to}, not "${value}"`);
      return undefined;
    },
    money(name: Field): Money | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      const money = readMoneyText(value);
      if (money !== null && money.minor > 0) return money;
      mistakes.push(`${name} must be an amount such as 5.00 USD, not "${value}"`);
      return undefined;
    },
    instant(name: Field, zone: string, edge: 'start' | 'end'): Instant | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      const instant = instantIn(value, zone, edge);
      if (instant !== null) return instant;
      mistakes.push(`${name} must be a date such as 2026-11-27 or 2026-11-27 08:00, not "${value}"`);
      return undefined;
    },
  };
}

const DAY_MS = 86_400_000;

/** A date alone begins at midnight and, as an end, includes the whole day. */
function instantIn(text: string, zone: string, edge: 'start' | 'end'): Instant | null {
  const local = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?$/.exec(text);
  if (!local) return readInstant(text);
  const [, year, month, day, hour, minute] = local.map(Number);
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour || 0, minute || 0);
  const written = new Date(wall).toISOString().slice(0, 10);
  if (written !== text.slice(0, 10)) return null; // 31 November
  const whole = local[4] === undefined && edge === 'end' ? wall + DAY_MS : wall;
  return instantOf(momentOf(zone, whole));
}

function promisedValue(read: Reader, mistakes: string[]): PromotionValue | null {
  const percent = read.count('percentOff', 1, 99);
  const buy = read.count('buy', 1, 1_000);
  const get = read.count('get', 1, 1_000);
  const found: PromotionValue[] = [];
  if (buy !== undefined && get !== undefined)
    found.push({ kind: 'buy-get', buy, get, percent: percent ?? 100 });
  else if (buy !== undefined || get !== undefined) mistakes.push('buy and get belong together');
  else if (percent !== undefined) found.push({ kind: 'percent-off', percent });
  const amount = read.money('amountOff');
  if (amount) found.push({ kind: 'amount-off', amount });
  if (/^(yes|true|1)$/i.test(read.text('freeShipping') ?? '')) found.push({ kind: 'free-shipping' });
  const description = read.text('freeGift');
  const worth = read.money('freeGiftValue');
  if (description) found.push({ kind: 'free-gift', description, ...(worth ? { value: worth } : {}) });
  if (found.length === 1) return found[0] ?? null;
  mistakes.push(
    found.length === 0
      ? 'one of percentOff, amountOff, freeShipping, freeGift, or buy and get must say what the shopper gets'
      : 'only one of percentOff, amountOff, freeShipping, freeGift, or buy and get may be given',
  );
  return null;
}

function filterOf(read: Reader, side: 'only' | 'except'): PromotionFilter | undefined {
  const filter: PromotionFilter = {
    ...defined('skus', read.list(`${side}Skus`)),
    ...defined('products', read.list(`${side}Products`)),
    ...defined('brands', read.list(`${side}Brands`)),
    ...defined('types', read.list(`${side}Types`)),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

function redeemedOf(read: Reader, mistakes: string[]): Promotion['redeemed'] | undefined {
  const places = read.list('redeemed');
  if (places === undefined) return undefined;
  const known = places.filter((place) => place === 'online' || place === 'in-store');
  if (known.length === places.length) return known;
  mistakes.push('redeemed must be online, in-store or both');
  return undefined;
}
