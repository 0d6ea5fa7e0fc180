import { describe, expect, it } from 'vitest';
import type { ApiCall, MerchantClient } from '../../../connectors/google-merchant/client.js';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { type ProductSweep, productSweep } from '../../../connectors/google-merchant/product-sweep.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { testHost } from './support.js';

const DAY_MS = 86_400_000;

/** An account that counts so many products and shows one. */
function account(products: number): { readonly sweep: ProductSweep; readonly asked: string[] } {
  const asked: string[] = [];
  const stats = { activeCount: String(products - 10), disapprovedCount: '10' };
  const answers: Readonly<Record<string, JsonObject>> = {
    'aggregateProductStatuses.list': { aggregateProductStatuses: [{ country: 'US', stats }] },
    'products.list': {
      products: [{ offerId: 'A', contentLanguage: 'en', feedLabel: 'US', productAttributes: {} }],
    },
  };
  const client = {
    account: 'accounts/1',
    async ask({ method }: ApiCall) {
      asked.push(method);
      return answers[method] ?? {};
    },
  } as unknown as MerchantClient;
  return { asked, sweep: productSweep(client, { contentLanguage: 'en', feedLabel: 'US' }, testHost()) };
}

describe('reading all products instead of each by name', () => {
  it('begins when single reads have cost as much as the pages of the account, and counts anew then', async () => {
    const { sweep, asked } = account(99_500);
    expect(await sweep.insteadOf(47)).toBeNull();
    expect(await sweep.insteadOf(47)).toBeNull();
    expect(asked).toEqual(['aggregateProductStatuses.list']);
    expect([...((await sweep.insteadOf(47)) ?? []).keys()]).toEqual(['A']);
    expect(await sweep.insteadOf(47)).toBeNull();
    expect(asked).toEqual(['aggregateProductStatuses.list', 'products.list']);
  });

  it('is never done for accounts too large to be held', async () => {
    const { sweep, asked } = account(301_000);
    expect(await sweep.insteadOf(1_000_000)).toBeNull();
    expect(asked).not.toContain('products.list');
  });

  it('answers only for what was sent before it began', async () => {
    const { sweep } = account(20);
    await sweep.insteadOf(10);
    expect(sweep.latest(instantOf(Date.now() - 60_000))?.size).toBe(1);
    expect(sweep.latest(instantOf(Date.now() + 60_000))).toBeNull();
  });
});

describe('the refresh of products at Google', () => {
  it('comes between 20 and 25 days after the last insert, spread over three days', () => {
    const { refreshAfterMs, refreshSpreadMs = 0 } = googleMerchant.limits ?? { refreshAfterMs: null };
    expect(Number(refreshAfterMs)).toBeLessThanOrEqual(25 * DAY_MS);
    expect(Number(refreshAfterMs) - refreshSpreadMs).toBeGreaterThanOrEqual(20 * DAY_MS);
    expect(refreshSpreadMs).toBe(3 * DAY_MS);
  });
});
