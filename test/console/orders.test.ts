import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { listOverrides, setOverride } from '../../src/catalog/overrides.js';
import { desireChannel } from '../../src/sync/desire.js';
import {
  expectSound,
  itInBrowser as it,
  openBrowser,
  settled,
  type WatchedPage,
  watchedPage,
} from './support/open-browser.js';
import { type OrderHouse, openOrderHouse } from './support/order-house.js';

let house: OrderHouse;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;

beforeAll(async () => {
  [house, browser] = await Promise.all([openOrderHouse(), openBrowser()]);
}, 120_000);
beforeEach(async () => {
  context = await browser.newContext({ reducedMotion: 'reduce' });
  await house.signIn(context);
  watched = await watchedPage(context, house.house.url);
});
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

/** Somebody buys, and it is taken. */
async function bought(sku: string, quantity: number): Promise<string> {
  const id = house.market.placeOrder?.({ lines: [{ sku, quantity, unitPrice: '19.99' }] }) ?? '';
  await house.round();
  return id;
}

async function look(address: string): Promise<WatchedPage['page']> {
  const { page } = watched;
  await page.goto(`${house.house.url}${address}`);
  await settled(page);
  return page;
}

const WAY = { timeout: 90_000 };

describe('an order', () => {
  it('is sent in two parcels, which the channel has with their numbers', WAY, async () => {
    const id = await bought('SHIRT-S', 2);
    const page = await look('/orders');
    await page.getByRole('link', { name: id }).click();
    await page.getByText('Placed in the shop').or(page.getByText('placed in shop as')).first().waitFor();

    await page.getByRole('button', { name: 'Enter shipment' }).click();
    const dialog = page.getByRole('dialog', { name: 'Enter shipment' });
    const tell = dialog.getByRole('button', { name: 'Tell market of 1 parcel' });
    expect(await tell.getAttribute('aria-disabled')).toBe('true'); // carrier and number are missing
    await dialog.getByLabel('Carrier').fill('DHL');
    await dialog.getByLabel('Tracking number').fill('00340434161094021501');
    await dialog.getByLabel('Units of SHIRT-S').fill('1');
    await tell.click();
    await page.getByText('To be told', { exact: true }).waitFor();
    await house.round();
    await page.reload();
    await page.getByText('The channel knows').waitFor();

    await page.getByRole('button', { name: 'Enter shipment' }).click();
    expect(await dialog.getByLabel('Units of SHIRT-S').inputValue()).toBe('1');
    await dialog.getByLabel('Carrier').fill('DHL');
    await dialog.getByLabel('Tracking number').fill('00340434161094021502');
    await tell.click();
    await page.getByText('2 parcels').waitFor();
    expect(await page.getByRole('button', { name: 'Enter shipment' }).count()).toBe(0); // nothing is left
    await house.round();
    const parcels = (house.market.shipments?.() ?? []).filter(({ orderId }) => orderId === id);
    expect(parcels.map(({ carrier, trackingNumber, lines }) => [carrier, trackingNumber, lines])).toEqual([
      ['DHL', '00340434161094021501', [{ sku: 'SHIRT-S', quantity: 1 }]],
      ['DHL', '00340434161094021502', [{ sku: 'SHIRT-S', quantity: 1 }]],
    ]);
    await page.reload();
    await page.getByText('parcel 00340434161094021502 announced to the channel').waitFor();
    await expectSound(watched);
  });

  it(
    'with a SKU nobody knows is matched in the queue with the keyboard, and placed in the shop',
    WAY,
    async () => {
      const before = (await house.shopOrders()).length;
      const id = await bought('NAME-OF-LONG-AGO', 1);
      expect((await house.shopOrders()).length).toBe(before);
      const page = await look('/orders/exceptions');
      const find = page.getByRole('searchbox', { name: 'Which of your products is NAME-OF-LONG-AGO?' });
      await find.focus();
      await page.keyboard.type('SHIRT-M');
      await page.getByRole('button', { name: 'It is SHIRT-M' }).waitFor();
      await page.getByRole('button', { name: 'It is SHIRT-M' }).press('Enter');
      await page.getByText('No orders need you').waitFor();
      await house.round();
      expect((await house.shopOrders()).length).toBe(before + 1);
      await look(`/orders/market/${encodeURIComponent(id)}`);
      await page.getByText('NAME-OF-LONG-AGO is SHIRT-M, says A operator').waitFor();
      await expectSound(watched);
    },
  );

  it(
    'is found by its number, and somebody who only looks is told why nothing can be pressed',
    WAY,
    async () => {
      const id = await bought('SHIRT-S', 1);
      await context.clearCookies();
      await house.signIn(context, 'viewer');
      const page = await look(`/orders?tab=all&q=${encodeURIComponent(id)}`);
      await page.getByText('1–1').waitFor();
      await page.getByRole('link', { name: id }).click();
      const ship = page.getByRole('button', { name: 'Enter shipment' });
      await ship.hover();
      await page.getByRole('tooltip').filter({ hasText: 'change orders' }).waitFor();
      await ship.press('Enter');
      expect(await page.getByRole('dialog').count()).toBe(0);
    },
  );
});

describe('a pick list', () => {
  it('is printed with boxes to tick, without the frame of the page, prices and names', WAY, async () => {
    const id = await bought('SHIRT-S', 3);
    const page = await look('/orders/pick-list');
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '');
    });
    await page.getByRole('button', { name: 'Print' }).click();
    expect(await page.locator('body[data-printed]').count()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(id).isVisible()).toBe(true);
    for (const hidden of ['navigation', 'banner'] as const)
      expect(
        await page
          .getByRole(hidden)
          .first()
          .isVisible()
          .catch(() => false),
        hidden,
      ).toBe(false);
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
    const text = await page.locator('main').textContent();
    expect(text).not.toMatch(/19\.99|USD/);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('a profit preview', () => {
  it('counts listings by margin in a chart with its table, and names what nobody told', WAY, async () => {
    await desireChannel(await house.house.app.desk('market'));
    const page = await look('/reports?report=profit&channel=market');
    await page.getByText(/\d listings = 0 with a profit \+ \d unknown/).waitFor();
    await page.getByRole('img', { name: 'Listings by margin' }).waitFor();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page.getByRole('table', { name: 'Listings by margin' }).waitFor();
    expect(await page.getByText(/^Fees: /).count()).toBeGreaterThan(0);
    await expectSound(watched);
  });
});

describe('ticked listings', () => {
  it('are left out with a reason, and Undo leaves exactly what was fixed by hand before', WAY, async () => {
    const { app } = house.house;
    await desireChannel(await app.desk('market'));
    const place = { channel: 'market', scope: 'variant', key: 'SHIRT-S' } as const;
    const by = { actor: 'Ada', at: app.clock.now() };
    await setOverride(app.database, { ...place, attributes: { title: 'Fixed by hand' } }, by);
    const own = async () =>
      (await listOverrides(app.database, 'market'))
        .filter(({ key }) => key === 'SHIRT-S')
        .map(({ attributes, exclude }) => [attributes, exclude ?? null]);
    const page = await look('/listings?channel=market&q=SHIRT-S');
    await page.getByRole('checkbox', { name: /^Select .*SHIRT-S/ }).check();
    await page.getByRole('button', { name: 'Leave out 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave 1 listing out of its channel?' });
    await dialog.getByLabel('Reason, for everybody to see').fill('recalled');
    await dialog.getByRole('button', { name: 'Leave out 1' }).click();
    await page.getByText('1 listing is left out with the next plan.').waitFor();
    expect(await own()).toEqual([[{ title: 'Fixed by hand' }, 'recalled']]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(own).toEqual([[{ title: 'Fixed by hand' }, null]]);
  });
});
