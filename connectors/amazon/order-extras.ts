import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { type Money, readDecimal } from '../../src/domain/money.js';
import type { OrderLine } from '../../src/domain/order.js';

/**
 * What a line amounts to beside its price. The tax and the discount of a line hold those on its shipping, which stand apart in the detail: they are
 * told with the shipping, so that nothing is counted twice and no line is discounted below zero. Source: model orders_2026-01-01,
 * `ItemProceedsBreakdown`; verified 2026-11. Pure.
 */
export function lineAmounts(
  proceeds: JsonObject,
): Pick<OrderLine, 'tax' | 'shippingTax' | 'discount' | 'shipping' | 'giftWrap'> {
  const taxes = partOf(proceeds, ['TAX']);
  // One integrator saw PROMOTION where the model says DISCOUNT.
  const discounts = partOf(proceeds, ['DISCOUNT', 'PROMOTION']);
  const shippingTax = detailOf(taxes, 'SHIPPING');
  const shippingDiscount = detailOf(discounts, 'SHIPPING');
  return {
    ...optional('tax', less(moneyIn(taxes?.subtotal), shippingTax)),
    ...optional('shippingTax', shippingTax),
    ...optional('discount', less(moneyIn(discounts?.subtotal), shippingDiscount)),
    ...optional('shipping', less(moneyIn(partOf(proceeds, ['SHIPPING'])?.subtotal), shippingDiscount)),
    ...optional('giftWrap', moneyIn(partOf(proceeds, ['GIFT_WRAP'])?.subtotal)),
  };
}

/** Discounts on the shipping of all lines, which Amazon tells beside the full price of the shipping; nothing: there are none. Pure. */
export function shippingDiscounts(items: readonly JsonValue[]): Money | undefined {
  return sumOf(
    items
      .filter(isJsonObject)
      .map((item) => detailOf(partOf(objectOr(item.proceeds), ['DISCOUNT', 'PROMOTION']), 'SHIPPING')),
  );
}

/** One amount less another, whichever sign Amazon gives a discount. Pure. */
export function less(money: Money | undefined, part: Money | undefined): Money | undefined {
  if (money === undefined || part === undefined || part.currency !== money.currency) return money;
  return {
    // Never minus zero.
    minor: Math.sign(money.minor || 1) * (Math.abs(money.minor) - Math.abs(part.minor)) || 0,
    currency: money.currency,
  };
}

/** Programs a merchant sorts orders by, in the house's words; every order with a present bears `gift`. Pure. */
export function marksOf(order: JsonObject): readonly string[] | undefined {
  const programs = isJsonArray(order.programs)
    ? order.programs.filter((each) => typeof each === 'string')
    : [];
  const marks = programs
    .filter((program) => program !== 'IN_STORE_PICK_UP')
    .map((program) =>
      program
        .replace(/^AMAZON_BUSINESS$/, 'BUSINESS')
        .toLowerCase()
        .replaceAll('_', '-'),
    );
  const gift = itemsOf(order).some((item) => giftOf(item) !== null);
  const all = [...marks, ...(gift ? ['gift'] : [])];
  return all.length === 0 ? undefined : all;
}

/** The number parcels into the EU must bear; Amazon repeats it on every item. Pure. */
export function iossNumberOf(order: JsonObject): string | undefined {
  return itemsOf(order)
    .map((item) => objectOr(objectOr(objectOr(item.fulfillment).shipping).internationalShipping).iossNumber)
    .find((number) => typeof number === 'string' && number !== '') as string | undefined;
}

/** What a line is wrapped with and says; null: no present. Pure. */
export function giftOf(item: JsonObject): JsonObject | null {
  const gift = objectOr(objectOr(item.fulfillment).packing).giftOption;
  return isJsonObject(gift) ? gift : null;
}

/** The items of an order. Pure. */
export function itemsOf(order: JsonObject): readonly JsonObject[] {
  return isJsonArray(order.orderItems) ? order.orderItems.filter(isJsonObject) : [];
}

function partOf(proceeds: JsonObject, types: readonly string[]): JsonObject | undefined {
  const parts = isJsonArray(proceeds.breakdowns) ? proceeds.breakdowns.filter(isJsonObject) : [];
  return parts.find(({ type }) => types.includes(String(type)));
}

function detailOf(part: JsonObject | undefined, subtype: string): Money | undefined {
  const details = isJsonArray(part?.detailedBreakdowns) ? part.detailedBreakdowns.filter(isJsonObject) : [];
  return sumOf(details.filter((each) => each.subtype === subtype).map(({ value }) => moneyIn(value)));
}

/** All amounts together; nothing: there are none. Pure. */
export function sumOf(amounts: readonly (Money | undefined)[]): Money | undefined {
  return amounts.reduce<Money | undefined>(added, undefined);
}

function added(sum: Money | undefined, each: Money | undefined): Money | undefined {
  if (sum === undefined || each === undefined) return sum ?? each;
  return sum.currency === each.currency ? { ...sum, minor: sum.minor + each.minor } : sum;
}

function moneyIn(value: JsonValue | undefined): Money | undefined {
  const { amount, currencyCode } = objectOr(value);
  if (typeof amount !== 'string' || typeof currencyCode !== 'string') return undefined;
  return readDecimal(amount, currencyCode) ?? undefined;
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [member in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [member in Name]: Value });
}
