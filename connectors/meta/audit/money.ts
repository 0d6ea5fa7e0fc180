import { textOf } from '../../../src/channel/audit-rule.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type Money, readMoneyText } from '../../../src/domain/money.js';

/** The amount of an attribute; null when it is absent or has more decimals than its currency. */
export function moneyIn(listing: JsonObject, name: string): Money | null {
  const text = textOf(listing, name);
  return text === null ? null : readMoneyText(text);
}
