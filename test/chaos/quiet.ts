import { plusMs } from '../../src/domain/instant.js';
import { orderCounts } from '../../src/orders/order-counts.js';
import { ask } from './ask.js';
import { type ChaosHouse, MARKETPLACE } from './chaos-house.js';

const DAY_MS = 86_400_000;

/** What there is still to do, counted; all zero: nothing until `horizon`. */
export type Unrest = Readonly<Record<string, number>>;

/** Counts what the house has to do until the given instant. */
export async function unrest(house: ChaosHouse, horizon: string): Promise<Unrest> {
  const count = async (sql: string, ...parameters: string[]): Promise<number> =>
    (await house.app.database.get<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, parameters))?.n ?? 0;
  const bought = await placedOnAmazon(house);
  const orders = await orderCounts(house.app.database, MARKETPLACE);
  return {
    wakes: await count(
      "wake WHERE lease IS NOT NULL OR (due_at <= ? AND (state = 'waiting' OR again = 1))",
      house.app.clock.now(),
    ),
    dead: await count("wake WHERE state = 'dead' AND due_at <= ?", horizon),
    listings: await count('listing WHERE attention_at <= ?', horizon),
    submissions: await count('submission WHERE look_at <= ?', horizon),
    links: await count(
      "order_link WHERE state <> 'placed' AND EXISTS (SELECT 1 FROM channel_order o WHERE o.channel = order_link.channel AND o.external_id = order_link.external_id AND o.state = 'waiting')",
    ),
    parcels: orders.parcelsPending,
    unread: bought - orders.seen,
  };
}

async function placedOnAmazon(house: ChaosHouse): Promise<number> {
  const response = await ask(`${house.simulators.get(MARKETPLACE)?.url}/_sim/state`);
  return ((await response.json()) as { orders: unknown[] }).orders.length;
}

/** Waits until nothing is due any more, or nothing moves although it is due (a job rests after crashes); answers what is left. */
export async function quietNow(house: ChaosHouse, deadlineMs: number): Promise<Unrest> {
  const until = performance.now() + deadlineMs;
  for (let before = ''; ; ) {
    await house.app.queue.wake('sweep', '*');
    const left = await idle(house, until);
    const stuck = (await house.app.queue.depth()).dead > 0 && JSON.stringify(left) === before;
    if (isZero(left) || stuck || performance.now() > until) return left;
    before = JSON.stringify(left);
  }
}

/** Polls until no job runs and none is due, then counts what is due all the same. */
async function idle(house: ChaosHouse, until: number): Promise<Unrest> {
  for (;;) {
    const left = await unrest(house, house.app.clock.now());
    if (left.wakes === 0 || performance.now() > until) return left;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Nothing is due today or tomorrow: only refreshes of listings lie ahead. */
export function restful(house: ChaosHouse): Promise<Unrest> {
  return unrest(house, plusMs(house.app.clock.now(), DAY_MS));
}

/** Whether nothing is left. */
export function isZero(left: Unrest): boolean {
  return Object.values(left).every((count) => count === 0);
}
