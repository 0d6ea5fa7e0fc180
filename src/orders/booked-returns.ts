import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { StoreRefund } from '../domain/store-order.js';
import { closeExceptions, type OrderPlace } from './exceptions.js';
import { type LineUnits, spread } from './line-units.js';

interface ReturnRow {
  readonly reference: string;
  readonly lines: string;
  readonly booked_as: string | null;
}

/** Goods that came back to a store of ours and whose money the channel gives back: the shop's own refund of them must not send it a second time. */
export interface BookedReturns {
  /**
   * Whether a refund of the shop is that of such a return. `booked`: it is, the money is on its way already · `perhaps`: it is of the same lines, but
   * not of the same units · `no`.
   */
  isOf(refund: StoreRefund): Promise<'booked' | 'perhaps' | 'no'>;
}

/** The returns of an order in our stores. */
export async function bookedReturns(
  tx: Queries,
  order: { readonly place: OrderPlace; readonly lines: readonly LineUnits[]; readonly now: Instant },
): Promise<BookedReturns> {
  const { place, lines, now } = order;
  const key = [place.channel, place.externalId];
  const rows = await tx.all<ReturnRow>(
    `SELECT r.reference, r.lines, r.booked_as FROM order_return r
     JOIN order_message m ON m.channel = r.channel AND m.external_id = r.external_id AND m.reference = 'return:' || r.reference
     WHERE r.channel = ? AND r.external_id = ? AND m.state <> 'rejected' ORDER BY r.at, r.reference`,
    key,
  );
  const taken = new Map(
    rows.flatMap((row) => (row.booked_as === null ? [] : [[row.booked_as, row.reference]])),
  );
  let open = rows.filter((row) => row.booked_as === null);
  return {
    async isOf(refund) {
      if (taken.has(refund.reference)) return 'booked';
      const { byLine } = spread(refund.lines, lines, (line) => line.ordered);
      const same = open.find((row) => unitsText(unitsOf(row)) === unitsText(byLine));
      if (same === undefined)
        return open.some((row) => [...unitsOf(row).keys()].some((line) => byLine.has(line)))
          ? 'perhaps'
          : 'no';
      open = open.filter((row) => row !== same);
      await tx.run(
        'UPDATE order_return SET booked_as = ? WHERE channel = ? AND external_id = ? AND reference = ?',
        [refund.reference, ...key, same.reference],
      );
      if (open.length === 0)
        await closeExceptions(tx, place, { codes: ['return_in_shop'], by: 'itself', at: now });
      return 'booked';
    },
  };
}

function unitsOf({ lines }: ReturnRow): ReadonlyMap<string, number> {
  const units = JSON.parse(lines) as { lineId: string; quantity: number }[];
  return new Map(units.map(({ lineId, quantity }) => [lineId, quantity]));
}

function unitsText(units: ReadonlyMap<string, number>): string {
  return JSON.stringify([...units].sort(([a], [b]) => (a < b ? -1 : 1)));
}
