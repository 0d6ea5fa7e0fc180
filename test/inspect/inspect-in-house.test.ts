import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleSimulator } from '../../connectors/google-merchant/simulator/index.js';
import { inspect } from '../../jobs/inspect.js';
import { type App, openApp } from '../../src/app.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { showExplanation } from '../../src/cli/show-explanation.js';
import { showStatus } from '../../src/cli/show-status.js';
import { systemClock } from '../../src/clock.js';
import { migrate } from '../../src/db/migrate.js';
import { findingsOf } from '../../src/inspect/findings.js';
import { schedulesOf } from '../../src/start.js';
import { houseStatus } from '../../src/status.js';
import { desireChannel } from '../../src/sync/desire.js';
import { explainOnChannel } from '../../src/sync/explain-channel.js';
import { fillCatalog } from '../support/catalog.js';
import { silentLog } from '../support/silent-log.js';

const LAMP = {
  product: {
    id: 'p',
    title: 'Lamp of brass',
    description: 'A lamp of brass with a shade of linen.',
    brand: 'Fernweh',
    status: 'active' as const,
    // Nothing listens there, and a name that leads nowhere is a fact like any other.
    link: 'http://127.0.0.1.nowhere.example/p',
    images: ['http://127.0.0.1.nowhere.example/p.jpg'],
  },
  variants: [
    {
      sku: 'L',
      content: { mpn: 'M' },
      offer: { price: { minor: 1_000, currency: 'USD' } },
      stock: [{ location: 'default', onHand: 9 }],
    },
  ],
};

describe('the inspection in a house', () => {
  let folder: string;
  let simulator: RunningSimulator;
  let app: App;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-inspect-'));
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
  });
  afterEach(async () => {
    await app.close();
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function house(inspectSettings: object | null): Promise<void> {
    const file = path.join(folder, 'omnifeed.yaml');
    const google = {
      connector: 'google-merchant',
      ...simulator.market,
      settings: simulator.settings,
      ...(inspectSettings === null ? {} : { inspect: inspectSettings }),
    };
    await writeFile(file, JSON.stringify({ channels: { google } }));
    app = await openApp(file, { log: silentLog });
    await migrate(app.database);
    await fillCatalog(app.database, [LAMP], systemClock);
    await desireChannel(await app.desk('google'));
  }
  const ids = (): readonly string[] => schedulesOf(app).map((schedule) => schedule.id);

  it('is off unless it is asked for, and then nothing is fetched', async () => {
    await house(null);
    expect(app.channel('google').inspect).toBeNull();
    expect(ids()).not.toContain('inspect-google');
    await inspect(app)('google', new AbortController().signal);
    expect(await app.database.all('SELECT url FROM sight')).toEqual([]);
    expect(showStatus(await houseStatus(app))).not.toContain('looked at');
  });

  it('runs at night, and is shown by explain and status', async () => {
    await house({ images: true, pages: true, perSecond: 50 });
    expect(app.channel('google').inspect).toEqual({
      images: true,
      pages: true,
      perDay: 2_000,
      perSecond: 50,
    });
    expect(ids()).toContain('inspect-google');
    await inspect(app)('google', new AbortController().signal);
    const seen = await findingsOf(app.database, 'google', 'L');
    const explained = showExplanation(await explainOnChannel(await app.desk('google'), 'L'), {
      tests: [],
      seen,
      profit: null,
    });
    expect(explained).toContain(
      'seen on the network: warning: http://127.0.0.1.nowhere.example/p.jpg cannot be reached.',
    );
    const status = showStatus(await houseStatus(app));
    expect(status).toContain(
      'looked at on the network: 2 fetches in the latest day, 1 listings with findings',
    );
    expect(status).toContain('1 × image_not_reachable');
  });
});
