import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { memory } from '../../connectors/memory/index.js';
import { jobHandlers } from '../../jobs/index.js';
import { type App, openApp } from '../../src/app.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { epochMs, plusMs } from '../../src/domain/instant.js';
import { nextTick } from '../../src/queue/schedule.js';
import { schedulesOf } from '../../src/start.js';
import { silentLog } from '../support/silent-log.js';

const LONGEST_MS = 20 * 60_000;

describe('a channel of which no notification ever arrives', () => {
  let folder: string;
  let market: RunningSimulator;
  let app: App;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-no-news-'));
    const module = await memory.simulator?.();
    if (!module) throw new Error('the memory connector has a simulator');
    market = await module.start({ port: 0, processingMs: 10 });
    const file = path.join(folder, 'omnifeed.yaml');
    const channel = { connector: 'memory', ...market.market, settings: market.settings };
    await writeFile(file, stringify({ database: 'omnifeed.db', channels: { market: channel } }));
    const environment = { OMNIFEED_KEY: randomBytes(32).toString('base64') };
    app = await openApp(file, { environment, log: silentLog });
  });
  afterEach(async () => {
    await app.close();
    await market.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('has every order of a day read within twenty minutes, by the look at everything that the calendar asks for', async () => {
    const sweep = schedulesOf(app).find(({ job }) => job === 'sweep');
    if (!sweep) throw new Error('the house looks at everything now and then');
    const handlers = jobHandlers(app);
    const signal = new AbortController().signal;
    const bought: string[] = [];
    const noon = '2026-11-25T12:00:00.000Z';
    for (let at = noon, looks = 0; epochMs(at) < epochMs(noon) + 86_400_000; looks++) {
      const next = nextTick(sweep, at) ?? plusMs(at, Number.POSITIVE_INFINITY);
      expect(epochMs(next) - epochMs(at)).toBeLessThanOrEqual(LONGEST_MS);
      at = next;
      if (looks % 288 !== 0) continue; // five looks of the day are carried out, the others are only due
      bought.push(market.placeOrder?.({ lines: [{ sku: 'A', quantity: 1, unitPrice: '5.00' }] }) ?? '');
      await handlers.sweep?.('*', signal);
      for (const { job, wake_key: key } of await dueWakes()) await handlers[job]?.(key, signal);
      expect(await orders()).toEqual([...bought].sort());
    }
    expect(bought).toHaveLength(5);
  });

  const dueWakes = async () => {
    const rows = await app.database.all<{ job: string; wake_key: string }>(
      "SELECT job, wake_key FROM wake WHERE job = 'pull-orders'",
    );
    await app.database.run('DELETE FROM wake');
    return rows;
  };
  const orders = async (): Promise<string[]> =>
    (await app.database.all<{ external_id: string }>('SELECT external_id FROM channel_order'))
      .map(({ external_id }) => external_id)
      .sort();
});
