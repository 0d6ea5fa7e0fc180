import type { SentenceName } from '../../../strings/say.js';

/**
 * What looks wrong about a tracking number; null: nothing. A remark, never a refusal: carriers have more forms than anybody lists. Source: UPS numbers
 * for shippers are `1Z` and 16 characters (ups.com, tracking help); two letters, nine digits, two letters is the form of the Universal Postal Union
 * (standard S10); verified 2026-11.
 */
export function trackingHint(carrier: string, number: string): SentenceName | null {
  const text = number.trim();
  if (text === '') return null;
  if (/\s/.test(text)) return 'shipment.hint_blank';
  if (/^https?:/i.test(text)) return 'shipment.hint_link';
  if (text.length < 6) return 'shipment.hint_short';
  if (/^ups$/i.test(carrier.trim()) && /^1Z/i.test(text) && !/^1Z[0-9A-Z]{16}$/i.test(text))
    return 'shipment.hint_ups';
  if (/^[A-Z]{2}\d+[A-Z]{2}$/i.test(text) && !soundS10(text)) return 'shipment.hint_postal';
  return null;
}

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** Nine digits, the last of which fits the others. */
function soundS10(text: string): boolean {
  const digits = /^[A-Z]{2}(\d{9})[A-Z]{2}$/i.exec(text)?.[1];
  if (digits === undefined) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const rest = 11 - (sum % 11);
  return Number(digits[8]) === (rest === 10 ? 0 : rest === 11 ? 5 : rest);
}
