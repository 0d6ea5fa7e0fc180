import path from 'node:path';
import { reconcile } from '../../../jobs/reconcile.js';
import { newEntryToken } from '../../../src/access/entry-tokens.js';
import { doorsOf } from '../../../src/api/doors.js';
import { serveHttp } from '../../../src/api/server.js';
import type { App } from '../../../src/app.js';
import { setPrices } from '../../../src/catalog/set-prices.js';
import { packageRoot } from '../../../src/config/package-root.js';
import { openDemoHouse } from '../../../src/demo/demo-house.js';
import { runDemo } from '../../../src/demo/run-demo.js';
import { syncUntilSettled } from '../../../src/sync/sync-channel.js';
import { silentLog } from '../../support/silent-log.js';
import { sellMore } from './sell-more.js';
import { workABit } from './work-a-bit.js';

/** A house with simulated channels, a catalog that was listed, changed and sold from, and its console. */
export interface ConsoleHouse {
  readonly url: string;
  /** What the terminal prints for the first person. */
  readonly setupToken: string;
  close(): Promise<void>;
}

/** Its price fell from 59.00 to 5.90. */
export const MISTYPED = 'FW-ALM-MOS-XS';

/** Starts all of it on loopback addresses, on a fresh database. */
export async function openConsoleHouse(): Promise<ConsoleHouse> {
  const house = await openDemoHouse({
    catalog: path.join(packageRoot(), 'examples', 'catalog.csv'),
    currency: 'USD',
    shopUrl: 'https://shop.example',
  });
  await runDemo(house, { act: () => undefined, step: () => undefined });
  const { app } = house;
  const nextRound = async (channel: string): Promise<void> => {
    await reconcile(app)(channel, AbortSignal.timeout(60_000));
    await syncUntilSettled(await app.desk(channel), { deadlineMs: 60_000, atOnce: true });
  };
  await mistype(app, nextRound);
  await sellMore(app);
  await workABit(app);
  const server = await serveHttp(doorsOf(app, '0.0.0'), { host: '127.0.0.1', port: 0, log: silentLog });
  const { token } = await newEntryToken(app.database, null, app.clock.now());
  return {
    url: server.url,
    setupToken: token,
    async close() {
      await server.close();
      await house.close();
    },
  };
}

/** A price that lost a digit: a guard holds it on the channels that are looked at. */
async function mistype(app: App, nextRound: (channel: string) => Promise<void>): Promise<void> {
  const price = { minor: 590, currency: 'USD' };
  await setPrices(app.database, [{ sku: MISTYPED, price }], { actor: 'Ada', at: app.clock.now() });
  for (const channel of ['google-us', 'meta-us']) await nextRound(channel);
}
