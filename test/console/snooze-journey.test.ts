import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { raiseProblem } from '../../src/problems/problems.js';
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
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;

beforeAll(async () => {
  [house, browser] = await Promise.all([serveHouse(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await house?.close();
});
afterEach(() => context?.close());
beforeEach(async () => {
  await house.app.database.run('DELETE FROM problem_snooze');
  await raise('The shop answers slowly');
});

async function raise(message: string): Promise<void> {
  const problem = { key: 'slow', channel: null, severity: 'error', code: 'slow' } as const;
  await raiseProblem(house.app.database, { ...problem, message, advice: 'Ask the shop.' }, house.clock.now());
}

/** The page as a role sees it, on the clock of the house. */
async function look(role: 'operator' | 'viewer'): Promise<WatchedPage['page']> {
  context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'UTC' });
  await context.clock.setFixedTime(house.clock.now());
  const { headers } = await house.visitor(role, true);
  const [name = '', value = ''] = (headers.cookie ?? '').split('=');
  await context.addCookies([{ name, value, url: house.url }]);
  watched = await watchedPage(context, house.url);
  await watched.page.goto(`${house.url}/problems`);
  await settled(watched.page);
  return watched.page;
}

const WAY = { timeout: 90_000 };

describe('a problem', () => {
  it('is snoozed until a time with a note, stands under Snoozed, and is brought back', WAY, async () => {
    const page = await look('operator');
    await page.getByRole('button', { name: 'Snooze: The shop answers slowly' }).click();
    const dialog = page.getByRole('dialog', { name: 'Snooze this problem?' });
    const snooze = dialog.getByRole('button', { name: 'Snooze' });
    expect(await snooze.getAttribute('aria-disabled')).toBe('true'); // it needs a note
    await dialog.getByLabel('Why').fill('The shop moves house until Friday');
    await dialog.getByLabel('Day and time').fill('2026-11-25T11:00');
    expect(await snooze.getAttribute('aria-disabled')).toBe('true'); // that has passed
    await dialog.getByLabel('Day and time').fill('2026-11-27T09:30');
    await picture(page, 'snooze');
    await expectSound(watched);
    await snooze.click();
    await page.getByText('Nothing needs you').waitFor();

    await page.getByRole('link', { name: /^Snoozed/ }).click();
    await page.getByText('“The shop moves house until Friday”').waitFor();
    await picture(page, 'problems-put-off');
    await expectSound(watched);
    const { until, note } =
      (await house.app.database.get<{ until: string; note: string }>(
        'SELECT until, note FROM problem_snooze',
      )) ?? {};
    expect({ until, note }).toEqual({
      until: '2026-11-27T09:30:00.000Z',
      note: 'The shop moves house until Friday',
    });

    await page.getByRole('button', { name: 'End snooze: The shop answers slowly' }).click();
    await page.getByText('Nothing is snoozed').waitFor();
    expect(await house.app.database.all('SELECT problem_key FROM problem_snooze')).toEqual([]);
  });

  it('that is snoozed until it changes comes back when its words are other ones', WAY, async () => {
    const page = await look('operator');
    await page.getByRole('button', { name: 'Snooze: The shop answers slowly' }).click();
    const dialog = page.getByRole('dialog', { name: 'Snooze this problem?' });
    await dialog.getByText('Until it changes').click();
    await dialog.getByLabel('Why').fill('known');
    await dialog.getByRole('button', { name: 'Snooze' }).click();
    await page.getByText('Nothing needs you').waitFor();
    await raise('The shop answers nothing');
    await page.reload();
    await page.getByText('The shop answers nothing').first().waitFor();
  });

  it('is not snoozed by somebody who may only look', WAY, async () => {
    const page = await look('viewer');
    const button = page.getByRole('button', { name: /^Snooze: / });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
  });
});
