import { type Sealer, sealer } from '../channel/credentials.js';
import type { Queries } from '../db/database.js';
import { OmnifeedError } from '../domain/errors.js';
import type { Buyer } from '../domain/order.js';
import { type Marker, marksOf } from './buyer-marks.js';
import type { KeyRing } from './key-ring.js';

/** Which order a buyer belongs to. */
export interface BuyerPlace {
  readonly channel: string;
  readonly externalId: string;
}

/** Keeps buyers: each sealed with a key of its own, findable by e-mail and phone only with the house's key, and forgotten for good. */
export interface BuyerVault {
  /** Writes buyers in the caller's transaction. One whose order was forgotten before is not written again. */
  keep(tx: Queries, buyers: readonly (BuyerPlace & { readonly buyer: Buyer })[]): Promise<void>;
  /** Opens what is stored under a place; null: it was forgotten, or was sealed with a key that is gone. */
  open(place: BuyerPlace, sealed: string): Promise<Buyer | null>;
  /** Destroys the keys, then takes the rows away. Answers how many rows there were. */
  forget(queries: Queries, places: readonly BuyerPlace[]): Promise<number>;
  readonly marker: Marker;
}

/** The vault on a ring of keys. `master` opens buyers that were sealed before orders had keys of their own. */
export function buyerVault(ring: KeyRing, master: Sealer, marker: Marker): BuyerVault {
  return {
    marker,
    async keep(tx, buyers) {
      if (buyers.length === 0) return;
      const keys = await ring.make(buyers.map(placeName));
      const rows = buyers.flatMap((each) => {
        const key = keys.get(placeName(each));
        if (key === undefined) return [];
        const sealed = sealer(key).seal(JSON.stringify(each.buyer), placeName(each));
        return [{ channel: each.channel, id: each.externalId, sealed, marks: marksOf(each.buyer, marker) }];
      });
      await tx.run(
        `INSERT INTO order_buyer (channel, external_id, sealed) SELECT r.channel, r.id, r.sealed
         FROM ${tx.unfold('r', { channel: 'text', id: 'text', sealed: 'text' })} WHERE true
         ON CONFLICT (channel, external_id) DO UPDATE SET sealed = excluded.sealed`,
        [JSON.stringify(rows.map(({ channel, id, sealed }) => ({ channel, id, sealed })))],
      );
      const marks = rows.flatMap(({ channel, id, marks: own }) =>
        own.map((mark) => ({ channel, id, ...mark })),
      );
      await tx.run(
        `INSERT INTO order_buyer_mark (channel, external_id, kind, mark) SELECT r.channel, r.id, r.kind, r.mark
         FROM ${tx.unfold('r', { channel: 'text', id: 'text', kind: 'text', mark: 'text' })} WHERE true
         ON CONFLICT (channel, external_id, kind) DO UPDATE SET mark = excluded.mark`,
        [JSON.stringify(marks)],
      );
    },
    async open(place, sealed) {
      const name = placeName(place);
      const key = (await ring.read([name])).get(name);
      const own = key === undefined ? master : sealer(key);
      try {
        return JSON.parse(own.open(sealed, name)) as Buyer;
      } catch (error) {
        if (error instanceof OmnifeedError && error.code === 'sealed_with_other_key') return null;
        throw error;
      }
    },
    async forget(queries, places) {
      if (places.length === 0) return 0;
      await ring.destroy(places.map(placeName));
      const keys = JSON.stringify(places.map(({ channel, externalId }) => ({ channel, id: externalId })));
      const named = `(channel, external_id) IN (SELECT channel, id FROM ${queries.unfold('r', { channel: 'text', id: 'text' })})`;
      await queries.run(`DELETE FROM order_buyer_mark WHERE ${named}`, [keys]);
      return queries.run(`DELETE FROM order_buyer WHERE ${named}`, [keys]);
    },
  };
}

/** The place a sealed buyer belongs to: sealed text moved to another order does not open. */
function placeName({ channel, externalId }: BuyerPlace): string {
  return `order_buyer/${channel}/${externalId}`;
}
