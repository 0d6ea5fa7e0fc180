import type { BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import { expectSound, picture, settled, type WatchedPage } from './open-browser.js';
import type { ConsoleHouse } from './open-house.js';

const PASSWORD = 'a long walk along the river';

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What the first person does with the address the terminal prints, signing out and in again; answers what the browser keeps. */
export async function setUp(watched: WatchedPage, house: ConsoleHouse): Promise<Kept> {
  const { page } = watched;
  await page.goto(`${house.url}/setup?token=${house.setupToken}`);
  await settled(page);
  await page.getByLabel('Your name').fill('Ada Byron');
  await page.getByLabel('E-mail').fill('ada@shop.example');
  await page.getByLabel('Password').fill('short');
  await picture(page, 'setup');
  await expectSound(watched);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create your sign-in' }).click();
  await page.getByRole('heading', { name: 'Where do you sell?', level: 1 }).waitFor();
  await picture(page, 'setup-market');
  await expectSound(watched);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Bring your products', level: 1 }).waitFor();
  await picture(page, 'setup-products');
  await expectSound(watched);
  await page.getByRole('link', { name: 'Do this later' }).click();
  await page.getByRole('heading', { name: 'First steps', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Ada Byron' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  await picture(page, 'login');
  await expectSound(watched);
  await page.getByLabel('E-mail').fill('ada@shop.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  return page.context().storageState();
}

/** Stores how the console is to look, as its settings do. */
export async function choose(
  context: BrowserContext,
  url: string,
  preferences: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = await context.request.patch(`${url}/api/v1/account`, {
    headers: { 'x-omnifeed-console': '1', origin: url },
    data: { preferences },
  });
  expect(answer.status()).toBe(200);
}
