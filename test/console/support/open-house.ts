import path from 'node:path';
import { newEntryToken } from '../../../src/access/entry-tokens.js';
import { doorsOf } from '../../../src/api/doors.js';
import { serveHttp } from '../../../src/api/server.js';
import { packageRoot } from '../../../src/config/package-root.js';
import { openDemoHouse } from '../../../src/demo/demo-house.js';
import { runDemo } from '../../../src/demo/run-demo.js';
import { silentLog } from '../../support/silent-log.js';

/** A house with simulated channels, a catalog that was listed, changed and sold from, and its console. */
export interface ConsoleHouse {
  readonly url: string;
  /** What the terminal prints for the first person. */
  readonly setupToken: string;
  close(): Promise<void>;
}

/** Starts all of it on loopback addresses, on a fresh database. */
export async function openConsoleHouse(): Promise<ConsoleHouse> {
  const house = await openDemoHouse({
    catalog: path.join(packageRoot(), 'examples', 'catalog.csv'),
    currency: 'USD',
    shopUrl: 'https://shop.example',
  });
  await runDemo(house, { act: () => undefined, step: () => undefined });
  const { app } = house;
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
