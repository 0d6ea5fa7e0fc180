import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { raiseProblem } from '../../src/problems/problems.js';
import { type Receiver, receiver } from '../hooks/receiver.js';
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

let house: ServedHouse;
let far: Receiver;
let browser: Browser;

beforeAll(async () => {
  [house, far, browser] = await Promise.all([
    serveHouse("webhooks: { privateHosts: ['127.0.0.1'] }\n"),
    receiver(),
    openBrowser(),
  ]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await far?.stop();
  await house?.close();
});

async function enter(role: 'admin' | 'viewer'): Promise<{ context: BrowserContext; watched: WatchedPage }> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const { headers } = await house.visitor(role, true);
  const [name = '', value = ''] = (headers.cookie ?? '').split('=');
  await context.addCookies([{ name, value, url: house.url }]);
  return { context, watched: await watchedPage(context, house.url) };
}

describe('webhooks', () => {
  it('are added, tried, told again, given a new secret and removed in the console', {
    timeout: 120_000,
  }, async () => {
    const { context, watched } = await enter('admin');
    const { page } = watched;
    await page.goto(`${house.url}/settings/webhooks`);
    await settled(page);
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a webhook' });
    await dialog.getByLabel('Address').fill('ftp://127.0.0.1/');
    await dialog.getByText('Only these').click();
    const add = dialog.getByRole('button', { name: 'Add a webhook' });
    expect(await add.getAttribute('aria-disabled')).toBe('true'); // no kind is chosen
    await dialog.getByText('something needs a person, or heals by itself').click();
    await picture(page, 'webhook-add');
    await expectSound(watched);
    await add.click();
    await dialog.getByText('This is no address a webhook can go to').waitFor();
    watched.misdeeds.splice(0); // the browser says itself that it was refused
    await dialog.getByLabel('Address').fill(far.url);
    await add.click();
    const first = (await page.getByText(/^whsec_/).textContent()) ?? '';
    expect(first.length).toBeGreaterThan(40);
    await picture(page, 'webhooks');
    await expectSound(watched);

    await page.getByRole('link', { name: `Deliveries to ${far.url}` }).click();
    await page.getByText('Nothing to tell yet').waitFor();
    await page.getByRole('button', { name: 'Send a ping' }).click();
    await page.getByText('It answered 204.').waitFor();
    expect(far.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(['ping']);
    far.answer = (response) => response.writeHead(500).end();
    await page.getByRole('button', { name: 'Send a ping' }).click();
    await page.getByText('It answered 500, which is no success').waitFor();

    const late = { key: 'late', channel: null, severity: 'error', code: 'late' } as const;
    const words = { message: 'Orders are late', advice: 'Look at the orders.' };
    await raiseProblem(house.app.database, { ...late, ...words }, house.clock.now());
    await page.reload();
    await page.getByRole('cell', { name: 'with the next round' }).waitFor();
    await page.getByRole('button', { name: /^Tell again: event \d+$/ }).click();
    await page.getByText(/^Event \d+ is told again\.$/).waitFor();
    await page.getByRole('button', { name: 'Tell everything since' }).click();
    const since = page.getByRole('dialog', { name: 'Tell everything since' });
    await since.getByLabel('Since').fill('2026-11-24T00:00');
    await since.getByRole('button', { name: 'Tell again' }).click();
    await page.getByText('1 event is told again.').waitFor();
    await picture(page, 'webhook');
    await expectSound(watched);

    await page.getByRole('button', { name: 'New secret' }).click();
    const rotate = page.getByRole('dialog', { name: 'Make a new secret?' });
    await rotate.getByRole('button', { name: 'New secret' }).click();
    const second = (await page.getByText(/^whsec_/).textContent()) ?? '';
    expect(second.length).toBeGreaterThan(40);
    expect(second).not.toBe(first);
    await page.getByText(/The secret before signs too until/).waitFor();

    await page.getByRole('button', { name: 'Let it stand still' }).click();
    await page.getByText('Stands still').waitFor();
    await page.getByRole('button', { name: 'Remove webhook' }).click();
    await page
      .getByRole('dialog', { name: 'Remove this webhook?' })
      .getByRole('button', { name: 'Remove webhook' })
      .click();
    await page.getByText('No webhooks yet').waitFor();
    expect(await house.app.database.all('SELECT id FROM webhook')).toEqual([]);
    expect(watched.misdeeds).toEqual([]);
    await context.close();
  });

  it('that somebody removed meanwhile are said to be gone', { timeout: 60_000 }, async () => {
    const { context, watched } = await enter('admin');
    await watched.page.goto(`${house.url}/settings/webhooks/not-there`);
    await watched.page.getByText('This webhook is not there any more').waitFor();
    await expectSound(watched);
    await context.close();
  });
});
