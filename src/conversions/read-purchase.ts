import { readInstant } from '../domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { isCurrencyCode, type Money, readDecimal } from '../domain/money.js';
import { readUrl } from '../domain/web-address.js';
import type { WebPurchase } from '../domain/web-purchase.js';
import { hashBuyer } from './hash-buyer.js';

/** What came of reading a purchase: the purchase, why it may not be reported, or what is wrong with it. */
export type ReadPurchase =
  | { readonly outcome: 'purchase'; readonly purchase: WebPurchase }
  | { readonly outcome: 'no_consent'; readonly orderId: string }
  | { readonly outcome: 'refused'; readonly message: string };

const MOST_LINES = 500;
const MOST_MARKS = 40;
const LONGEST_ID = 100;
const LONGEST_MARK = 1_000;

/**
 * Reads a purchase as a shop tells it. Buyers are hashed here, so that nothing plain goes further. Without `consent: true` nothing but the
 * order number is looked at. Pure.
 */
export function readPurchase(told: JsonValue): ReadPurchase {
  if (!isJsonObject(told)) return refused('A purchase is a JSON object.');
  const orderId = textOf(told.orderId, LONGEST_ID);
  if (orderId === null) return refused('orderId is missing or longer than 100 characters.');
  if (told.consent !== true) return { outcome: 'no_consent', orderId };
  const placedAt = typeof told.placedAt === 'string' ? readInstant(told.placedAt) : null;
  if (placedAt === null) return refused('placedAt is no time with a zone, such as 2026-11-24T09:30:00Z.');
  const currency = typeof told.currency === 'string' && isCurrencyCode(told.currency) ? told.currency : null;
  if (currency === null) return refused('currency is no code of three capital letters.');
  const total = amountOf(told.total, currency);
  if (total === null) return refused('total is no amount of the currency, written as "45.90".');
  const lines = linesOf(told.lines, currency);
  if (lines === null) return refused('lines are no list of { sku, quantity, unitPrice }.');
  const purchase = {
    orderId,
    eventId: textOf(told.eventId, LONGEST_ID) ?? `order-${orderId}`,
    placedAt,
    total,
    lines,
    marks: marksOf(told),
    buyer: hashBuyer(isJsonObject(told.buyer) ? told.buyer : {}),
    page: pageOf(told.page),
    userAgent: textOf(told.userAgent, 1_000),
    address: textOf(told.address, 45),
  };
  return { outcome: 'purchase', purchase };
}

function textOf(value: JsonValue | undefined, longest: number): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > longest ? null : text;
}

function amountOf(value: JsonValue | undefined, currency: string): Money | null {
  const money = typeof value === 'string' ? readDecimal(value, currency) : null;
  return money === null || money.minor < 0 ? null : money;
}

function linesOf(value: JsonValue | undefined, currency: string): WebPurchase['lines'] | null {
  if (!isJsonArray(value) || value.length === 0 || value.length > MOST_LINES) return null;
  const lines = value.map((line) => lineOf(isJsonObject(line) ? line : {}, currency));
  return lines.every((line) => line !== null) ? lines : null;
}

function lineOf(line: JsonObject, currency: string): WebPurchase['lines'][number] | null {
  const sku = textOf(line.sku, LONGEST_ID);
  const unitPrice = amountOf(line.unitPrice, currency);
  const { quantity } = line;
  const counted =
    typeof quantity === 'number' && Number.isInteger(quantity) && quantity > 0 && quantity < 1_000_000;
  return sku !== null && unitPrice !== null && counted ? { sku, quantity, unitPrice } : null;
}

/** From the query of the page the buyer landed on, and from what the shop names itself; the latter wins. */
function marksOf({ landing, marks }: JsonObject): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  if (typeof landing === 'string' && landing.length <= 8_000 && readUrl(landing) !== null)
    for (const [name, value] of new URL(landing).searchParams) found.set(name, value);
  if (isJsonObject(marks))
    for (const [name, value] of Object.entries(marks)) if (typeof value === 'string') found.set(name, value);
  const short = [...found].filter(
    ([name, value]) => name.length <= 100 && value !== '' && value.length <= LONGEST_MARK,
  );
  return Object.fromEntries(short.slice(0, MOST_MARKS));
}

/** The query of a page may name the buyer, so it does not travel. */
function pageOf(value: JsonValue | undefined): string | null {
  if (typeof value !== 'string' || readUrl(value) === null) return null;
  const { origin, pathname, protocol } = new URL(value);
  return protocol === 'https:' || protocol === 'http:' ? `${origin}${pathname}`.slice(0, 1_000) : null;
}

function refused(message: string): ReadPurchase {
  return { outcome: 'refused', message };
}
