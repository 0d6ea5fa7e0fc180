import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, setUp } from './support/first-person.js';
import {
  expectSound,
  openBrowser,
  picture,
  settled,
  VIEWS,
  type WatchedPage,
  watchedPage,
} from './support/open-browser.js';
import { type ConsoleHouse, openConsoleHouse } from './support/open-house.js';

let house: ConsoleHouse;
let browser: Browser;
/** What a browser that is signed in keeps. */
let signedIn: Awaited<ReturnType<typeof setUp>>;

beforeAll(async () => {
  [house, browser] = await Promise.all([openConsoleHouse(), openBrowser()]);
  const context = await browser.newContext();
  signedIn = await setUp(await watchedPage(context, house.url), house);
  await context.close();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await house?.close();
});

/** Every page and state that is looked at: its name and its address. */
const PAGES: readonly (readonly [name: string, address: string])[] = [
  ['overview', '/'],
  ['problems', '/problems'],
  ['problems-heals', '/problems?tab=heals'],
  ['catalog', '/catalog'],
  ['catalog-none', '/catalog?q=nothing+like+this'],
  ['listings', '/listings'],
  ['listings-blocked', '/listings?state=blocked'],
  ['listings-none', '/listings?state=held'],
  ['not-found', '/nowhere/at/all'],
];

describe.each(VIEWS)('in the view $name', (view) => {
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

  it.each(PAGES)('%s is sound', { timeout: 60_000 }, async (name, address) => {
    const { page } = watched;
    await page.goto(`${house.url}${address}`);
    await settled(page);
    await picture(page, `${name}-${view.name}`);
    await expectSound(watched);
    expect(await page.locator('html').getAttribute('dir')).toBe(view.direction ?? 'ltr');
  });
});
