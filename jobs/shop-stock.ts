import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { syncShopStock } from '../src/sync/shop-stock.js';

/** Tells one shop the stock of the locations we count. Key: channel. */
export function shopStock(app: App): JobHandler {
  return async (channel, signal) => {
    const { tellShop } = app.channel(channel);
    const { stockKeeper } = app.open(channel);
    if (!stockKeeper) return;
    const locations = tellShop.map(({ location }) => location);
    const told = await syncShopStock(
      { database: app.database, clock: app.clock, random: Math.random, channel, port: stockKeeper, signal },
      { locations: tellShop, share: app.placeShare(channel, locations).share },
    );
    if (told === null) return;
    const { accepted, rejected, postponed, changed, failure } = told;
    for (const { sku, location, found } of changed)
      app.log.warn(
        { channel, sku, location, found },
        'the stock was changed in the shop by somebody else; it stands until we have another figure, a day at most',
      );
    if (accepted + rejected + postponed > 0)
      app.log.info({ channel, accepted, rejected, postponed }, 'stock written into the shop');
    if (failure !== null) app.log.warn({ channel, code: failure.code }, failure.message);
    return told.againInMs === null ? undefined : { againInMs: told.againInMs };
  };
}
