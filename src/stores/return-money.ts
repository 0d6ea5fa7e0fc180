import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { moneyText } from '../domain/money.js';
import type { RefundedLine } from '../domain/order-message.js';
import { type OrderPlace, raiseException } from '../orders/exceptions.js';
import type { LineUnits } from '../orders/line-units.js';
import { messagesOf, queueMessage } from '../orders/order-messages.js';
import { paidLines } from '../orders/paid-lines.js';
import { totalsOf } from '../orders/read-order.js';
import type { FulfilDesk } from './fulfil-desk.js';
import type { GoodsBack } from './goods-back.js';
import { returnAmounts } from './return-amounts.js';
import { shippingBack } from './shipping-back.js';

/**
 * What becomes of the money of a return. `told`: the channel is told to give it back · `to-confirm`: once a person confirms · `person`: a person gives
 * it back at the channel · `none`: not here.
 */
export type GivenBack =
  | { readonly way: 'told' | 'to-confirm'; readonly lines: readonly RefundedLine[] }
  | { readonly way: 'person' | 'none'; readonly lines: readonly [] };

/** A return whose money is to be given back. */
export interface MoneyBack {
  readonly place: OrderPlace;
  readonly lines: readonly LineUnits[];
  /** By line id. */
  readonly units: ReadonlyMap<string, number>;
  readonly back: GoodsBack;
}

/** Has the channel give back the money of a return, once; what cannot be told, or might go back twice, is for a person. Throws OperatorError `amount_unclear`, `shipping_too_much`. */
export async function giveBack(tx: Queries, desk: FulfilDesk, money: MoneyBack): Promise<GivenBack> {
  const { place, lines, units, back } = money;
  if (back.money === 'none' && back.shipping === null) return { way: 'none', lines: [] };
  if (!desk.tells.includes('refund'))
    return askPerson(
      tx,
      desk,
      money,
      'Give the money back at the channel by hand; this channel takes no refunds from us.',
    );
  const ours = await refundedUnits(tx, place);
  const elsewhere = lines.some(
    (line) => units.has(line.lineId) && line.refunded > (ours.get(line.lineId) ?? 0),
  );
  if (elsewhere)
    return askPerson(
      tx,
      desk,
      money,
      'The channel shows units given back that we did not tell it of. Compare both, and give back at the channel what is missing.',
    );
  const goods = back.money === 'none' ? [] : await amountsOf(tx, money, ours);
  const refunded = back.shipping === null ? goods : await withShipping(tx, money, goods);
  const held = desk.confirms.includes('refund');
  const now = desk.clock.now();
  const reference = `return:${back.reference}`;
  const message = {
    kind: 'refund',
    reference,
    orderExternalId: place.externalId,
    reason: 'returned',
    lines: refunded,
  } as const;
  await queueMessage(tx, desk.channel, message, { now, held });
  if (!held) return { way: 'told', lines: refunded };
  await raiseException(
    tx,
    place,
    {
      code: 'refund_to_confirm',
      message: `Goods came back to ${back.location.id} (${back.reference}): the channel gives ${sumText(refunded)} to the buyer once you confirm`,
      advice:
        'Look at the amounts with `omnifeed orders show`, then run `omnifeed orders confirm`. It cannot be undone there.',
    },
    now,
  );
  return { way: 'to-confirm', lines: refunded };
}

async function withShipping(
  tx: Queries,
  { place, units, back }: MoneyBack,
  goods: readonly RefundedLine[],
): Promise<readonly RefundedLine[]> {
  const { shipping: amount } = back;
  if (amount === null) return goods;
  const before = await refundedShipping(tx, place);
  const wanted = { amount, lines: [...units.keys()], before };
  const found = shippingBack(await totalsOf(tx, place), await paidLines(tx, place), wanted);
  if ('unclear' in found) throw unclear(place, found.unclear);
  if ('most' in found)
    throw new OperatorError(
      'shipping_too_much',
      `Of the shipping of order "${place.externalId}", ${moneyText({ ...amount, minor: found.most })} can still be given back`,
      'State that much at most: the rest was never charged, or is given back already.',
    );
  const shares = new Map(found.lines.map((line) => [line.lineExternalId, line]));
  const merged = goods.map((line): RefundedLine => {
    const share = shares.get(line.lineExternalId)?.shipping;
    shares.delete(line.lineExternalId);
    return share === undefined ? line : { ...line, shipping: share };
  });
  return [...merged, ...shares.values()];
}

async function askPerson(
  tx: Queries,
  desk: FulfilDesk,
  { place, back }: MoneyBack,
  advice: string,
): Promise<GivenBack> {
  const message = `Goods came back to ${back.location.id} (${back.reference}) and the channel was not told to give the money back`;
  await raiseException(tx, place, { code: 'refund_at_channel', message, advice }, desk.clock.now());
  return { way: 'person', lines: [] };
}

async function amountsOf(
  tx: Queries,
  { place, units, back }: MoneyBack,
  ours: ReadonlyMap<string, number>,
): Promise<readonly RefundedLine[]> {
  const parts = [...units].map(([lineId, quantity]) => ({
    lineId,
    units: quantity,
    before: ours.get(lineId) ?? 0,
  }));
  if (typeof back.money === 'object') {
    const [only, ...others] = parts;
    if (only && others.length === 0)
      return [{ lineExternalId: only.lineId, quantity: only.units, item: back.money }];
    throw unclear(place, 'one amount cannot be spread over several lines');
  }
  const amounts = returnAmounts(await totalsOf(tx, place), await paidLines(tx, place), parts);
  if ('unclear' in amounts) throw unclear(place, amounts.unclear);
  return amounts.lines;
}

function unclear({ externalId }: OrderPlace, why: string): OperatorError {
  return new OperatorError(
    'amount_unclear',
    `What to give back for order "${externalId}" is not clear: ${why}`,
    'Name one line and its amount with --line SKU=1 --amount 12.34, or leave the money to the channel with --no-refund.',
  );
}

/** Units whose money we told the channel to give back, refused ones not counted. */
async function refundedUnits(tx: Queries, place: OrderPlace): Promise<ReadonlyMap<string, number>> {
  const units = new Map<string, number>();
  for (const message of await messagesOf(tx, place)) {
    if (message.kind !== 'refund' || message.state === 'rejected') continue;
    for (const { lineExternalId, quantity } of message.lines)
      units.set(lineExternalId, (units.get(lineExternalId) ?? 0) + quantity);
  }
  return units;
}

/** Shipping we told the channel to give back, by line; what it refused is not counted. */
async function refundedShipping(tx: Queries, place: OrderPlace): Promise<ReadonlyMap<string, number>> {
  const given = new Map<string, number>();
  for (const message of await messagesOf(tx, place)) {
    if (message.kind !== 'refund' || message.state === 'rejected') continue;
    for (const { lineExternalId, shipping } of message.lines)
      given.set(lineExternalId, (given.get(lineExternalId) ?? 0) + (shipping?.minor ?? 0));
  }
  return given;
}

function sumText(lines: readonly RefundedLine[]): string {
  const amounts = lines.flatMap(({ item, itemTax, shipping }) =>
    [item, itemTax, shipping].filter((each) => each !== undefined),
  );
  const [first] = amounts;
  if (first === undefined) return 'nothing';
  const minor = amounts.reduce((sum, amount) => sum + amount.minor, 0);
  return moneyText({ minor, currency: first.currency });
}
