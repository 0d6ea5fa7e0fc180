import { textOf, valuesOf } from '../../../src/channel/audit-rule.js';
import { epochMs, readInstant } from '../../../src/domain/instant.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { type Money, readMoneyText } from '../../../src/domain/money.js';

/** The texts of an attribute that may repeat. */
export function textsOf(listing: JsonObject, name: string): readonly string[] {
  return valuesOf(listing, name).filter((value) => typeof value === 'string');
}

/** An amount; nothing when the attribute is absent or unreadable (the schema says so). */
export function moneyIn(listing: JsonObject, name: string): Money | null {
  const text = textOf(listing, name);
  return text === null ? null : readMoneyText(text);
}

/** A moment in milliseconds since 1970; nothing when the attribute is absent or unreadable. */
export function momentIn(listing: JsonObject, name: string): number | null {
  return msOf(textOf(listing, name) ?? '');
}

/** Both ends of a window in milliseconds since 1970; nothing when either is missing or unreadable. */
export function windowIn(
  listing: JsonObject,
  name: string,
): { readonly start: number; readonly end: number } | null {
  const [from = '', to = ''] = textOf(listing, name)?.split('/') ?? [];
  const [start, end] = [msOf(from), msOf(to)];
  return start === null || end === null ? null : { start, end };
}

/** A number with its unit, written `0.25 kg`. */
export function measureIn(
  listing: JsonObject,
  name: string,
): { readonly value: number; readonly unit: string } | null {
  const [, digits, unit] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/i.exec(textOf(listing, name) ?? '') ?? [];
  return digits === undefined || unit === undefined ? null : { value: Number(digits), unit };
}

/** Whether an attribute is given at all. */
export function has(listing: JsonObject, name: string): boolean {
  return listing[name] !== undefined && listing[name] !== null;
}

/** The title, whether typed or written by a generator. */
export function titleOf(listing: JsonObject): string {
  return textOf(listing, 'title') ?? contentOf(listing.structured_title);
}

/** The description, whether typed or written by a generator. */
export function descriptionOf(listing: JsonObject): string {
  return textOf(listing, 'description') ?? contentOf(listing.structured_description);
}

function contentOf(value: JsonValue | undefined): string {
  return isJsonObject(value) && typeof value.content === 'string' ? value.content : '';
}

function msOf(text: string): number | null {
  const instant = readInstant(text);
  return instant === null ? null : epochMs(instant);
}
