import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { newEntryToken } from '../../src/access/entry-tokens.js';
import { doorsOf } from '../../src/api/doors.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { knownConnectors } from '../../src/app.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { packageRoot } from '../../src/config/package-root.js';
import { type DemoHouse, openDemoHouse } from '../../src/demo/demo-house.js';
import { workOn } from '../../src/start.js';
import { silentLog } from '../support/silent-log.js';
import { itInBrowser as it, openBrowser, watchedPage } from './support/open-browser.js';

let house: DemoHouse;
let server: HttpServer;
let google: RunningSimulator;
let browser: Browser;
let working: Promise<void>;
const stop = new AbortController();

beforeAll(async () => {
  const empty = { catalog: '', currency: 'USD', shopUrl: 'https://shop.example', empty: true };
  const simulator = await knownConnectors().get('google-merchant').simulator?.();
  if (!simulator) throw new Error('Google has no simulator');
  [house, google, browser] = await Promise.all([
    openDemoHouse(empty),
    simulator.start({ port: 0, processingMs: 100 }),
    openBrowser(),
  ]);
  server = await serveHttp(doorsOf(house.app, '0.0.0'), { host: '127.0.0.1', port: 0, log: silentLog });
  working = workOn(house.app, { concurrency: 2, schedules: false, signal: stop.signal });
}, 120_000);

afterAll(async () => {
  stop.abort();
  await browser?.close();
  await server?.close();
  await working;
  await Promise.all([house?.close(), google?.stop()]);
});

it('leads from the set-up link over a Shopify file to listings that are live on Google', {
  timeout: 240_000,
}, async () => {
  const { app } = house;
  const { token } = await newEntryToken(app.database, null, app.clock.now());
  const context = await browser.newContext({ locale: 'en-US' });
  const { page, misdeeds } = await watchedPage(context, server.url);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const step = (name: string) => page.getByRole('heading', { name, level: 2 }).waitFor();

  await page.goto(`${server.url}/setup?token=${token}`);
  await page.getByLabel('Your name').fill('Ada Byron');
  await page.getByLabel('E-mail').fill('ada@shop.example');
  await page.getByLabel('Password').fill('a long walk along the river');
  await button('Create your sign-in').click();
  await page.getByRole('heading', { name: 'Where do you sell?' }).waitFor();
  await button('Continue').click();

  await page.locator('input[type=file]').setInputFiles(path.join(packageRoot(), 'examples', 'catalog.csv'));
  await page.getByText('Recognised: shopify-csv').waitFor();
  await button('Looks right').click();
  await page.getByText('200 rows = 200 variants + 0 set aside').waitFor();
  await button('Import 200 variants').click();
  await page.getByRole('cell', { name: 'Imported' }).waitFor({ timeout: 60_000 });

  await page.goto(`${server.url}/channels/new/google-merchant`);
  await page.getByLabel('Merchant Center account').fill(String(google.settings.account));
  await button(/^More settings/).click();
  await page.getByLabel('API address (simulator only)').fill(String(google.settings.endpoint));
  await page.getByLabel('Token address (simulator only)').fill(String(google.settings.tokenEndpoint));
  await button('Continue').click();
  await step('Access key');
  const drop = (text: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'key.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  await drop(JSON.stringify({ installed: { client_id: 'x' } }));
  await page.getByText('Chosen: key.json').waitFor();
  await button('Continue').click();
  await page.getByText('This is an OAuth client file', { exact: false }).waitFor();
  await button('Replace Service account key (JSON)').click();
  await drop(String(google.settings.serviceAccountKey));
  await page.getByText('Chosen: key.json').waitFor();
  await button('Continue').click();
  await step('Permission');
  await page.reload(); // whoever comes back lands on the same step
  await step('Permission');
  await button('Check').click();
  await page.getByText('The channel answered, and knows us.').waitFor();
  expect(await page.content()).not.toContain('PRIVATE KEY');
  await button('Continue').click();
  await step('Registration');
  await button('Continue').click();
  await step('Where products go');
  await button('Continue').click();
  await step('Market');
  await page.getByLabel('Shop url').fill('https://shop.example');
  await page.getByLabel('Link path').fill('/products/');
  await button('Continue').click();
  await step('Readiness');
  await page
    .locator('button[aria-disabled]:has-text("Continue")')
    .waitFor({ state: 'detached', timeout: 60_000 });
  expect(google.held().size).toBe(0);
  await button('Continue').click();
  await button('Send 10 listings to google-us').click();
  await page.getByRole('link', { name: '10 live' }).waitFor({ timeout: 60_000 });
  expect(google.held().size).toBe(10);
  expect(misdeeds).toEqual([]);
  await context.close();
});
