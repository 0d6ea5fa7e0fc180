import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { knownConnectors } from '../../src/app.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { desireChannel } from '../../src/sync/desire.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ServedHouse, serveHouse } from '../support/served-house.js';
import {
  expectSound,
  itInBrowser as it,
  openBrowser,
  picture,
  settled,
  type WatchedPage,
  watchedPage,
} from './support/open-browser.js';

let simulator: RunningSimulator;
let house: ServedHouse;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;

beforeAll(async () => {
  const module = await knownConnectors().get('meta').simulator?.();
  if (!module) throw new Error('Meta has a simulator');
  simulator = await module.start({ port: 0, processingMs: 0 });
  const channel = { connector: 'meta', ...simulator.market, settings: simulator.settings };
  [house, browser] = await Promise.all([
    serveHouse(`channels: { meta-us: ${JSON.stringify(channel)} }\n`),
    openBrowser(),
  ]);
  await fillCatalog(house.app.database, smallCatalog(), house.clock);
  const desk = await house.app.desk('meta-us');
  // Meta answers later than it takes.
  for (let round = 1; round <= 10; round++) {
    house.clock.move(60_000);
    await syncUntilSettled(desk, { atOnce: true, deadlineMs: 0 });
  }
  context = await browser.newContext({ reducedMotion: 'reduce' });
  const { headers } = await house.visitor('approver', true);
  const [name = '', value = ''] = (headers.cookie ?? '').split('=');
  await context.addCookies([{ name, value, url: house.url }]);
  watched = await watchedPage(context, house.url);
}, 120_000);
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await house?.close();
  await simulator?.stop();
});

/** Somebody mistypes a price, which a guard holds. */
async function mistype(minor: number): Promise<void> {
  const { app, clock } = house;
  await setPrices(app.database, [{ sku: '00012345', price: { minor, currency: 'USD' } }], {
    actor: 'operator:test',
    at: clock.now(),
  });
  await desireChannel(await app.desk('meta-us'));
}

const state = () =>
  house.app.database.get<{ rejected_checksum: string | null; released_checksum: string | null }>(
    "SELECT rejected_checksum, released_checksum FROM channel_state WHERE channel = 'meta-us'",
  );

describe('a held plan', () => {
  it('that moved while it was read is decided by nobody; then it is turned down, and approved after all', {
    timeout: 120_000,
  }, async () => {
    const { page, misdeeds } = watched;
    await mistype(495);
    await page.goto(`${house.url}/plans/meta-us`);
    await settled(page);
    await page.getByRole('heading', { name: /^Settings and standard rules/ }).waitFor();
    await mistype(395);
    await page.getByRole('button', { name: 'Approve 1 held' }).click();
    const approve = page.getByRole('dialog', { name: 'Let 1 held changes to meta-us through?' });
    await approve.getByRole('button', { name: 'Approve 1 held' }).click();
    await page.getByText('This plan changed while you were reading. Nothing was decided.').waitFor();
    await page.getByText('The numbers are the same, what is behind them is not.').waitFor();
    await approve.waitFor({ state: 'detached' });
    expect((await state())?.released_checksum).toBeNull();
    misdeeds.splice(0); // the browser says itself that it was refused
    await picture(page, 'plan-moved');
    await expectSound(watched);

    await page.getByRole('button', { name: 'Turn down 1 held' }).click();
    const reject = page.getByRole('dialog', { name: 'Turn 1 held changes to meta-us down?' });
    await reject.getByLabel('Why').fill('A digit is missing');
    await picture(page, 'plan-reject');
    await expectSound(watched);
    await reject.getByRole('button', { name: 'Turn down 1 held' }).click();
    await page.getByText(/^Turned down by A approver/).waitFor();
    expect(await page.getByRole('button', { name: 'Turn down 1 held' }).count()).toBe(0);
    expect(await page.getByText('This plan changed while you were reading').count()).toBe(0);
    const rejected = (await state())?.rejected_checksum;
    expect(rejected).not.toBeNull();
    await picture(page, 'plan-rejected');
    await expectSound(watched);

    await page.getByRole('button', { name: 'Approve 1 held' }).click();
    await approve.getByRole('button', { name: 'Approve 1 held' }).click();
    await page.getByText('Approved. The next round sends it to meta-us.').waitFor();
    expect(await state()).toEqual({ rejected_checksum: null, released_checksum: rejected });
    expect(misdeeds).toEqual([]);
  });
});
