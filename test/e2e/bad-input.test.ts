import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import { systemClock } from '../../src/clock.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { channelBench } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';
import { exportOf, type Merchant, openMerchant, type Row, twenty } from './merchant.js';

const GOOD = exportOf(twenty());
const ERROR_PAGE = '<!DOCTYPE html><html><head><title>503 Service Unavailable</title></head></html>';

describe('what is live when a bad file comes', () => {
  let merchant: Merchant;
  let live: Record<string, string>;
  beforeEach(async () => {
    merchant = await openMerchant();
    await merchant.file(GOOD);
    await merchant.import();
    await merchant.sync();
    live = merchant.shown();
    expect(Object.keys(live)).toHaveLength(20);
  });
  afterEach(() => merchant.close());

  async function expectUntouched(): Promise<void> {
    const report = await merchant.sync();
    expect(report).toMatchObject({ changed: 0, submitted: 0, counts: { listed: 20, live: 20 } });
    expect(merchant.shown()).toEqual(live);
  }

  it.each<[string, string | Buffer | null, string, RegExp]>([
    ['the file is missing', null, 'source_missing', /catalog\.csv/],
    ['the file is empty', '', 'source_empty', /empty/],
    ['there is only a header', `${GOOD.split('\n')[0]}\n`, 'source_header_only', /header/],
    ['it is an error page', ERROR_PAGE, 'source_html', /503 Service Unavailable/],
    ['the gzip is cut', gzipSync(GOOD).subarray(0, -5), 'source_incomplete', /cut|incomplete|end/],
    [
      'a cell has 100 MB',
      GOOD.replace('Bag B-3', `"${'x'.repeat(100 * 1024 ** 2)}"`),
      'source_record_too_large',
      /line 6/,
    ],
    [
      'the letters change in the middle of the file',
      Buffer.concat([
        Buffer.from(exportOf([...twenty(), ...many(20_000)])),
        iconv.encode('grun,Grüne Tasche\n', 'windows-1252'),
      ]),
      'source_encoding_mixed',
      /20022/,
    ],
  ])('stays as it is when %s', async (_what, content, code, message) => {
    await merchant.file(content);
    await expect(merchant.import()).rejects.toMatchObject({
      code,
      owner: 'operator',
      message: expect.stringMatching(message),
      advice: expect.stringMatching(/\w+/),
    });
    await expectUntouched();
  });

  it('stays as it is when the file has a tenth of yesterday’s rows, until a person lets it through', async () => {
    await merchant.file(exportOf(twenty().slice(0, 2)));
    const held = await merchant.import();
    expect(held.state).toBe('held');
    expect(held.heldBecause?.map(({ code }) => code)).toEqual(['fewer_rows', 'many_vanished']);
    expect(held.heldBecause?.[0]?.message).toMatch(/2 rows.*20/);
    await expectUntouched();
  });

  it('stays at the last good price when the new one cannot be read, and the report names line and reason', async () => {
    const odd: Readonly<Record<string, string>> = { 'B-1': '1,99', 'B-2': '-5', 'B-3': 'n/a', 'B-4': '1e5' };
    await merchant.file(exportOf(twenty((row) => ({ ...row, price: odd[row.sku] ?? row.price }))));
    const result = await merchant.import();
    expect(await merchant.complaints(result.importId)).toEqual([
      'price_decimal_comma@4 B-1 Variant Price',
      'price_negative@5 B-2 Variant Price',
      'price_not_a_number@6 B-3 Variant Price',
      'price_not_a_number@7 B-4 Variant Price',
    ]);
    const report = await merchant.sync();
    expect(report.counts).toMatchObject({ listed: 16, blocked: 4, live: 20 });
    expect(merchant.shown()).toEqual(live);
  });

  it('stays at the last good price when the new one is zero', async () => {
    await merchant.file(exportOf(twenty((row) => (row.sku === 'B-1' ? { ...row, price: '0' } : row))));
    const result = await merchant.import();
    expect(await merchant.complaints(result.importId)).toEqual(['price_zero@4 B-1 Variant Price']);
    await merchant.sync();
    expect(merchant.shown()).toEqual(live);
  });

  it('stays when a status cannot be read, and nothing new is listed with such a word', async () => {
    const odd = exportOf([...twenty(), { sku: 'N-1', price: '9.00' }]).split('\n');
    const line = odd.findIndex((text) => text.includes('N-1'));
    odd[line] = (odd[line] ?? '').replace(/active$/, 'aktiv');
    await merchant.file(odd.join('\n'));
    const result = await merchant.import();
    expect(await merchant.complaints(result.importId)).toEqual(['status_unknown@22 bag-N-1 Status']);
    await merchant.sync();
    expect(merchant.shown()).toEqual(live);
  });

  it('takes a price with a dollar sign for what it says', async () => {
    await merchant.file(exportOf(twenty((row) => (row.sku === 'B-1' ? { ...row, price: '$15.00' } : row))));
    await merchant.import();
    expect((await merchant.sync()).submitted).toBe(1);
    expect(merchant.shown()).toEqual({ ...live, 'B-1': 'Fernweh Bag B-1: 15.00 USD' });
  });

  it('keeps the first of two rows with the same SKU, and the report names the other', async () => {
    const twice: Row = { sku: 'B-1', price: '3.00', title: 'Somebody else', handle: 'other' };
    await merchant.file(exportOf([...twenty(), twice]));
    const result = await merchant.import();
    expect(result.rejectedRows).toBe(1);
    expect(await merchant.complaints(result.importId)).toEqual(['sku_duplicate@22 B-1']);
    await expectUntouched();
  });

  it('takes no harm from a column called __proto__, and the report names it', async () => {
    await merchant.file(
      exportOf(twenty(), { __proto__x: 'x', constructor: 'polluted' }).replace('__proto__x', '__proto__'),
    );
    const result = await merchant.import();
    expect((await merchant.complaints(result.importId)).map((text) => text.split(' ')[0])).toEqual([
      'column_forbidden@1',
      'column_forbidden@1',
    ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    await expectUntouched();
  });
});

describe('identifiers and letters', () => {
  let merchant: Merchant;
  afterEach(() => merchant.close());

  it('SKUs that look like numbers are listed letter by letter', async () => {
    merchant = await openMerchant();
    await merchant.file(GOOD);
    await merchant.import();
    await merchant.sync();
    expect(merchant.shown()).toMatchObject({
      '1e5': 'Fernweh Bag 1e5: 20.00 USD',
      '00012345': 'Fernweh Bag 00012345: 20.00 USD',
    });
  });

  it('an encoding that was inferred is shown with its line, and the letters are right', async () => {
    merchant = await openMerchant();
    await merchant.file(
      iconv.encode(exportOf([{ sku: 'A', price: '9.00', title: 'Grüne Tasche' }]), 'windows-1252'),
    );
    const result = await merchant.import();
    expect(result).toMatchObject({ encoding: 'windows-1252', encodingCertain: false });
    expect(await merchant.complaints(result.importId)).toContain('encoding_inferred@2');
    await merchant.sync();
    expect(merchant.shown()).toEqual({ A: 'Fernweh Grüne Tasche: 9.00 USD' });
  });

  it('a file that is said to be UTF-8 and is not is read as what it is, and the report says from which line', async () => {
    merchant = await openMerchant({ encoding: 'utf-8' });
    await merchant.file(
      iconv.encode(exportOf([{ sku: 'A', price: '9.00', title: 'Grüne Tasche' }]), 'windows-1252'),
    );
    const result = await merchant.import();
    expect(await merchant.complaints(result.importId)).toEqual(['encoding_inferred@2']);
    await merchant.sync();
    expect(merchant.shown()).toEqual({ A: 'Fernweh Grüne Tasche: 9.00 USD' });
  });

  it('a file that is not in the encoding it was said to have at all lists nothing', async () => {
    merchant = await openMerchant({ encoding: 'utf-16le' });
    await merchant.file(exportOf([{ sku: 'A', price: '9.00' }]));
    await expect(merchant.import()).rejects.toMatchObject({ code: 'source_format_unknown' });
    expect((await merchant.sync()).submitted).toBe(0);
    expect(merchant.shown()).toEqual({});
  });
});

describe.each(connectors.filter(({ id }) => ['google-merchant', 'meta', 'amazon'].includes(id)))(
  'a price that is gone ($id)',
  (connector) => {
    it.each([null, { minor: 0, currency: 'USD' }])('of %j leaves the last good one live', async (price) => {
      const bench = await channelBench(connector, await sqliteDatabase());
      await fillCatalog(bench.test.database, smallCatalog(), systemClock);
      await syncUntilSettled(bench.desk, { deadlineMs: 15_000, atOnce: true });
      const live = Object.fromEntries(bench.simulator.held());
      const by = { actor: 'test', at: systemClock.now() };
      await setPrices(bench.test.database, [{ sku: '00012345', price }], by);
      const { counts } = await syncUntilSettled(bench.desk, { deadlineMs: 15_000, atOnce: true });
      expect(counts).toMatchObject({ listed: 3, blocked: 1, live: 4 });
      expect(Object.fromEntries(bench.simulator.held())).toEqual(live);
      await bench.stop();
    });
  },
);

function many(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    sku: `G-${index}`,
    price: '20.00',
    title: 'Große Tasche',
  }));
}
