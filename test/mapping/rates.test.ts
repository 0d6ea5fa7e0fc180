import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { openMapping } from '../../src/mapping/open-mapping.js';
import { readRates } from '../../src/mapping/rates.js';
import { ratesText } from '../../src/mapping/sources.js';
import { BAG, CHANNEL, TODAY } from './mapping-fixture.js';

describe('exchange rates', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    file = path.join(folder, 'rates.yaml');
  });
  const read = () => readRates(file, ratesText(file));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are read from a file and change their id with it', async () => {
    await writeFile(file, 'date: 2026-11-24\nbase: USD\nrates: { EUR: 0.92, JPY: 150 }\n');
    const first = read();
    expect(first).toMatchObject({ base: 'USD', rates: { EUR: 0.92, JPY: 150 } });
    expect(first.id).toMatch(/^2026-11-24 /);
    await writeFile(file, 'date: 2026-11-24\nbase: USD\nrates: { EUR: 0.93, JPY: 150 }\n');
    expect(read().id).not.toBe(first.id);
  });

  it.each([
    ['base: EUR\nrates: {}', 'date must be a day'],
    ['date: 2026-11-24\nbase: euro\nrates: {}', 'base must be a currency'],
    ['date: 2026-11-24\nbase: EUR\nrates: [1]', 'rates must be a map'],
    ['date: 2026-11-24\nbase: EUR\nrates: { Dollar: 1 }', '"Dollar" is not a currency'],
    ['date: 2026-11-24\nbase: EUR\nrates: { USD: 0 }', 'the rate of USD must be a number above 0'],
    ['date: 2026-11-24\nbase: EUR\nrates: { USD: "1.08" }', 'the rate of USD must be a number above 0'],
    ['- 1', 'it is not a map'],
    ['a: [', 'are not usable'],
  ])('that are wrong are refused with the reason: %s', async (text, reason) => {
    await writeFile(file, text);
    expect(() => read()).toThrow(reason);
  });

  it('that are not there are the operator’s mistake', () => {
    expect(() => read()).toThrow(expect.objectContaining({ code: 'rates_unreadable', owner: 'operator' }));
  });

  it('and the language of the catalog reach a channel’s mapping from the settings of the house', async () => {
    await writeFile(file, 'date: 2026-11-24\nbase: USD\nrates: { EUR: 0.92 }\n');
    await writeFile(
      path.join(folder, 'own.yaml'),
      'connector: memory\nattributes:\n  title: product.title\n  price: convert(variant.price, "EUR")\n',
    );
    const place = (language: string | null) => ({
      packageRoot: packageRoot(),
      folder,
      channel: {
        ...CHANNEL,
        language: 'fr',
        connector: 'memory',
        mapping: path.join(folder, 'own.yaml'),
        params: {},
      },
      schema: undefined,
      settings: { language, rates: file },
    });
    const french = { ...BAG.product, translations: { fr: { title: 'Sac' } } };
    const told = openMapping(place('en'));
    expect(told.run({ ...BAG, product: french }, TODAY)).toMatchObject({
      attributes: { title: 'Sac', price: '31.28 EUR' },
    });
    expect(told.run(BAG, TODAY)).toMatchObject({ attributes: { price: '31.28 EUR' } });
    expect(told.run(BAG, TODAY)).not.toHaveProperty('attributes.title');
    expect(openMapping(place(null)).run(BAG, TODAY)).toMatchObject({
      attributes: { title: 'Joust Duffle Bag' },
    });
  });
});
