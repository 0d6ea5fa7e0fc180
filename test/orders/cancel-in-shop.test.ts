import { expect, it } from 'vitest';
import type { SinkPort } from '../../src/channel/store-ports.js';
import { ChannelError } from '../../src/domain/errors.js';
import { cancelInShop } from '../../src/orders/cancel-in-shop.js';
import { onEachDatabase } from '../support/databases.js';
import { type House, Killed, orderedHouse, round, rounds } from './ordered-house.js';

onEachDatabase('units the channel cancelled', (open) => {
  const house = async (change?: (sink: SinkPort) => SinkPort): Promise<House> =>
    orderedHouse((await open()).database, change);
  /** The buyer takes so many units out. */
  const cancel = async ({ desk, id, line }: House, reference: string, quantity: number): Promise<void> => {
    const lines = [{ lineExternalId: line, quantity, ordered: 3 }];
    const message = { kind: 'cancel', reference, orderExternalId: id, reason: 'buyer-asked', lines } as const;
    await desk.port.tell?.([message], reference);
  };
  const takenOut = ({ shop, storeId }: House): number =>
    (shop.shopOrders.get(storeId)?.cancelledUnits ?? []).reduce((sum, { quantity }) => sum + quantity, 0);

  it('are taken out once although we died after the call and more were cancelled meanwhile', async () => {
    let deaths = 1;
    const made = await house((sink) => ({
      ...sink,
      async cancel(cancellation) {
        const issues = (await sink.cancel?.(cancellation)) ?? [];
        if (deaths-- > 0) throw new Killed();
        return issues;
      },
    }));
    await cancel(made, 'first', 1);
    await round(made);
    await made.desk.database.run('UPDATE order_line SET shop_cancelled = 0'); // died before the shop was read again
    await cancel(made, 'second', 1);
    await rounds(made);
    expect(takenOut(made)).toBe(2);
  });

  it('are not told again while the shop may still work on them', async () => {
    const calls: string[] = [];
    const lost = new ChannelError('lost', {
      code: 'lost',
      kind: 'ambiguous',
      owner: 'channel',
      advice: 'Wait.',
    });
    const made = await house((sink) => ({
      ...sink,
      uncertainty: { quietMs: 600_000, searchAgainMs: 0 },
      cancel: async ({ key }) => {
        calls.push(key);
        throw lost;
      },
    }));
    await cancel(made, 'first', 1);
    await round(made);
    made.clock.advance(590_000);
    await cancelInShop(made.desk);
    expect(calls).toHaveLength(1);
    made.clock.advance(20_000);
    await cancelInShop(made.desk);
    expect(calls).toHaveLength(2);
  });
});
