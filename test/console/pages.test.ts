import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { choose, setUp } from './support/first-person.js';
import {
  expectSound,
  itInBrowser as it,
  openBrowser,
  picture,
  settled,
  VIEWS,
  type WatchedPage,
  watchedPage,
} from './support/open-browser.js';
import { type ConsoleHouse, MISTYPED, openConsoleHouse } from './support/open-house.js';
import { SOON, STRANGE } from './support/sell-more.js';

let house: ConsoleHouse;
let browser: Browser;
/** What a browser that is signed in keeps. */
let signedIn: Awaited<ReturnType<typeof setUp>>;

beforeAll(async () => {
  [house, browser] = await Promise.all([openConsoleHouse(), openBrowser()]);
  const context = await browser.newContext();
  signedIn = await setUp(await watchedPage(context, house.url), house);
  await context.close();
}, 300_000); // most of it is the demo: ten seconds alone, minutes on a busy machine

afterAll(async () => {
  await browser?.close();
  await house?.close();
});

/** Every page and state that is looked at: its name and its address. */
const PAGES: readonly (readonly [name: string, address: string])[] = [
  ['overview', '/'],
  ['problems', '/problems'],
  ['problems-heals', '/problems?tab=heals'],
  ['problems-snoozed', '/problems?tab=snoozed'],
  ['catalog', '/catalog'],
  ['catalog-none', '/catalog?q=nothing+like+this'],
  ['product', '/catalog/grat-rain-jacket'],
  ['product-source', '/catalog/grat-rain-jacket?tab=source'],
  ['product-history', `/catalog/alm-merino-tee?tab=history&sku=${MISTYPED}`],
  ['listings', '/listings'],
  ['listings-blocked', '/listings?state=blocked'],
  ['listings-none', '/listings?state=held'],
  ['listing', '/listings/google-us/FW-MAP'],
  ['listing-issues', '/listings/google-us/FW-MAP?tab=issues'],
  ['listing-raw', '/listings/google-us/FW-MAP?tab=raw'],
  ['listing-open', '/listings?channel=google-us&state=blocked&rows=true&open=google-us+FW-MAP'],
  ['mappings', '/mappings'],
  ['mapping-rules', '/mappings/google-us/rules'],
  ['mapping-attributes', '/mappings/google-us/attributes?find=image'],
  ['mapping-code', '/mappings/google-us/code'],
  ['mapping-tests', '/mappings/google-us/tests'],
  ['mapping-versions', '/mappings/google-us/versions'],
  ['mapping-impact', '/mappings/meta-us/impact'],
  ['lookups', '/mappings/lookups?channel=google-us'],
  ['lookup', '/mappings/lookups/gender?channel=google-us'],
  ['plans', '/plans'],
  ['plan-held', '/plans/google-us'],
  ['plan-nothing', '/plans/amazon-us'],
  ['orders', '/orders'],
  ['orders-needs-you', '/orders?tab=needs-you'],
  ['orders-none', '/orders?q=nothing'],
  ['order', `/orders/amazon-us/${SOON}`],
  ['order-strange', `/orders/amazon-us/${STRANGE}`],
  ['exceptions', '/orders/exceptions'],
  ['pick-list', '/orders/pick-list'],
  ['parcels', '/orders/parcels'],
  ['stock', '/stock'],
  ['stock-sku', `/stock/${MISTYPED}`],
  ['stock-counts', '/stock/counts'],
  ['runs', '/activity'],
  ['run', '/activity/runs/1'],
  ['schedules', '/activity/schedules'],
  ['audit', '/activity/audit'],
  ['reports-sales', '/reports'],
  ['start', '/start'],
  ['channels', '/channels'],
  ['channels-new', '/channels/new'],
  ['connect-begin', '/channels/new/google-merchant'],
  ['connect-amazon', '/channels/new/amazon'],
  ['channel', '/channels/google-us'],
  ['channel-settings', '/channels/google-us/settings'],
  ['sources', '/sources'],
  ['source-new', '/sources/new'],
  ['source', '/sources/catalog'],
  ['settings', '/settings'],
  ['users', '/settings/users'],
  ['keys', '/settings/keys'],
  ['webhooks-none', '/settings/webhooks'],
  ['account', '/settings/account'],
  ['display', '/settings/display'],
  ['not-found', '/nowhere/at/all'],
];

/** Every page in every view takes minutes: usually each is seen in one of them, in turn. */
const ALL = process.env.OMNIFEED_CONSOLE_VIEWS === 'all';
if (!ALL)
  process.stderr.write(
    'each page is looked at in one view; in all of them with OMNIFEED_CONSOLE_VIEWS=all\n',
  );

describe.each(VIEWS)('in the view $name', (view) => {
  const turn = VIEWS.indexOf(view);
  const pages = PAGES.filter((_page, place) => ALL || place % VIEWS.length === turn);
  let context: BrowserContext;
  let watched: WatchedPage;

  beforeAll(async () => {
    context = await browser.newContext({
      storageState: signedIn,
      viewport: { width: view.width, height: view.height },
      reducedMotion: 'reduce',
    });
    watched = await watchedPage(context, house.url);
    await choose(context, house.url, { theme: view.theme, direction: view.direction ?? 'ltr' });
  });
  afterAll(() => context?.close());

  it.each(pages)('%s is sound', { timeout: 60_000 }, async (name, address) => {
    const { page } = watched;
    await page.goto(`${house.url}${address}`);
    await settled(page);
    await picture(page, `${name}-${view.name}`);
    await expectSound(watched);
    expect(await page.locator('html').getAttribute('dir')).toBe(view.direction ?? 'ltr');
  });
});

describe('a held plan', () => {
  it('is let through with its numbers on the screen and the focus on Cancel', {
    timeout: 120_000,
  }, async () => {
    const context = await browser.newContext({ storageState: signedIn });
    const { page, misdeeds } = await watchedPage(context, house.url);
    await page.goto(`${house.url}/plans`);
    await page
      .getByRole('row', { name: /meta-us/ })
      .getByRole('link', { name: 'Open plan' })
      .click();
    await page.getByText('1 planned = 0 to send + 1 held').waitFor();
    await page.getByRole('button', { name: 'Approve 1 held' }).click();
    const dialog = page.getByRole('dialog', { name: 'Let 1 held changes to meta-us through?' });
    await dialog.waitFor();
    expect(
      await dialog.getByRole('button', { name: 'Cancel' }).evaluate((b) => b === document.activeElement),
    ).toBe(true);
    await dialog.getByRole('button', { name: 'Approve 1 held' }).click();
    await page.getByText('Approved. The next round sends it to meta-us.').waitFor();
    expect(misdeeds).toEqual([]);
    await context.close();
  });
});
