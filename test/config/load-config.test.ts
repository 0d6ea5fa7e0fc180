import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amazon } from '../../connectors/amazon/index.js';
import { memory } from '../../connectors/memory/index.js';
import { shopify } from '../../connectors/shopify/index.js';
import { registry } from '../../src/channel/registry.js';
import { ConfigError, type ConfigMistake } from '../../src/config/config-error.js';
import { loadConfig } from '../../src/config/load-config.js';
import { CONFIG_TEMPLATE } from '../../src/config/template.js';

const { countsDown: _, ...uncounted } = memory;
const connectors = registry([memory, amazon, shopify, { ...uncounted, id: 'uncounted', title: 'Uncounted' }]);

describe('the configuration', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function load(text: string, environment: Record<string, string> = {}) {
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(file, text);
    return loadConfig(file, connectors, environment);
  }

  async function mistakesOf(
    text: string,
    environment: Record<string, string> = {},
  ): Promise<readonly ConfigMistake[]> {
    const error = await load(text, environment).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).mistakes;
  }

  const CHANNEL = 'connector: memory, country: US, language: en, currency: USD, zone: America/Chicago';

  it('takes a channel for a source, and nothing about files with it', async () => {
    const shop = (source: string) => `channels: { my-shop: { ${CHANNEL} } }\nsources: { shop: ${source} }\n`;
    expect((await load(shop('{ channel: my-shop }'))).sources).toMatchObject([
      { id: 'shop', role: 'primary', channel: 'my-shop' },
    ]);
    const wrong = await mistakesOf(shop('{ channel: my-shp, currency: USD, path: a.csv }'));
    expect(wrong.map(({ path: at, message }) => `${at}: ${message}`)).toEqual([
      'sources.shop: has both path and channel',
      'sources.shop.channel: there is no channel "my-shp"',
      'sources.shop.currency: is about files and has no meaning with `channel:`',
    ]);
  });

  it('fills in defaults and makes paths absolute', async () => {
    expect(await load('sources: {}\n')).toEqual({
      written: { sources: {} },
      webhooks: { privateHosts: [] },
      file: path.join(folder, 'omnifeed.yaml'),
      folder,
      database: path.join(folder, 'omnifeed-data/omnifeed.db'),
      queue: 'embedded',
      keyFile: path.join(folder, 'omnifeed.key'),
      keyRing: path.join(folder, 'omnifeed-data/omnifeed-keys.db'),
      http: { host: '127.0.0.1', port: 8080, console: true, publicUrl: null, trustProxy: false },
      backups: {
        folder: path.join(folder, 'omnifeed-data/backups'),
        hourly: true,
        keep: { hours: 24, days: 7, weeks: 4 },
      },
      log: { level: 'info' },
      catalog: { language: null, rates: null },
      checkout: null,
      conversions: null,
      customerExport: null,
      hooks: null,
      sources: [],
      channels: [],
      locations: [],
      mail: null,
      schedules: [],
      secrets: [],
    });
  });

  it('knows locations with their hours, codes and staff, and what a location is for unless it says so', async () => {
    const { locations, mail, secrets } = await load(
      `mail: { server: "smtps://orders:\${MAIL_PASSWORD}@mail.example", from: orders@shop.example }
locations:
  "gid://shopify/Location/1":
    zone: Europe/Berlin
  berlin:
    name: Berlin Mitte
    code: BER-1
    zone: Europe/Berlin
    hours: { mon-fri: "10:00-19:00", sat: closed }
    exceptions: { 2026-12-24: "10:00-14:00" }
    uses: [pickup, return]
    staff: { email: [berlin@shop.example], webhook: { url: "https://shop.example/orders", secret: "${'s'.repeat(24)}" } }
`,
      { MAIL_PASSWORD: 'not-for-logs' },
    );
    expect(mail?.from).toBe('orders@shop.example');
    expect(secrets).toEqual(expect.arrayContaining(['not-for-logs', 's'.repeat(24)]));
    expect(locations).toMatchObject([
      {
        id: 'gid://shopify/Location/1',
        name: 'gid://shopify/Location/1',
        code: null,
        hours: null,
        uses: ['ship'],
        priority: 1,
      },
      { id: 'berlin', name: 'Berlin Mitte', code: 'BER-1', uses: ['pickup', 'return'], priority: 2 },
    ]);
    const ten = [{ from: 600, to: 1_140 }];
    expect(locations[1]?.hours).toEqual({
      week: [ten, ten, ten, ten, ten, [], []],
      exceptions: { '2026-12-24': [{ from: 600, to: 840 }] },
    });
  });

  it('names what is wrong with a location', async () => {
    const wrong = await mistakesOf(`locations:
  a:
    zone: Europe/Berln
    code: X
    hours: { mon-fri: "10-19", wed: closed, someday: closed }
    exceptions: { 2026-02-30: closed, 2026-12-24: "14:00-10:00" }
  b: { zone: UTC, code: X, uses: [fetch], hours: { mon: "10:00-12:00, 11:00-13:00" } }
  c: { zone: UTC, staff: { email: [c@shop.example] } }
`);
    expect(wrong.map(({ path: at, message }) => `${at}: ${message}`)).toEqual([
      'locations.a.zone: "Europe/Berln" is no time zone',
      'locations.a.hours.mon-fri: is no opening time',
      'locations.a.hours.wed: names a day twice',
      'locations.a.hours.someday: is no day of the week',
      'locations.a.exceptions.2026-02-30: is no date',
      'locations.a.exceptions.2026-12-24: is no opening time',
      'locations.b.code: is the code of a too',
      expect.stringContaining('locations.b.uses'),
      'locations.b.hours.mon: is no opening time',
      'locations.c.staff.email: no letter can be sent: there is no mail server',
    ]);
  });

  it('loads the template as it is, and with its examples switched on', async () => {
    expect((await load(CONFIG_TEMPLATE)).channels).toEqual([]);
    const on = CONFIG_TEMPLATE.replace('sources: {}\n#  shop:', 'sources:\n#  shop:').replace(
      'schedules: {}',
      'schedules:',
    );
    const [before = '', after = ''] = on.split('channels: {}');
    const examples = `${before.replaceAll(/^#( {2}[ ]*\S)/gm, '$1')}channels: {}${after.replaceAll(/^#( {2}[ ]*\S)/gm, '$1').replace(/^ {2}google-us:[\s\S]*?(?=^# When)/m, '')}`;
    await writeFile(path.join(folder, 'sources-shop.yaml'), '');
    const config = await load(examples.replace('sources/shop.yaml', 'sources-shop.yaml'));
    expect(config.sources.map((source) => source.id)).toEqual(['shop']);
    expect(config.schedules).toEqual([
      { id: 'nightly-import', job: 'import', key: 'shop', cron: '0 3 * * *', zone: 'America/New_York' },
    ]);
  });

  it('reads a whole house', async () => {
    const config = await load(
      `database: postgres://o:\${PASSWORD}@db:5432/omnifeed
http: { port: "\${PORT}" }
sources:
  shop: { path: catalog.csv, currency: USD, guard: { leastRowShare: 0.5 } }
  extra: { url: "https://shop.example/x.jsonl", role: supplemental, format: auto }
channels:
  store:
    ${CHANNEL.replaceAll(', ', '\n    ')}
  mem:
    ${CHANNEL.replaceAll(', ', '\n    ')}
    params: { brand: "$\${literal}" }
    settings: { token: "\${TOKEN}", endpoint: "http://127.0.0.1:1" }
    stock: { safetyStock: 1, allocation: { mode: percent, percent: 50 } }
    orders: { placeIn: store }
`,
      { PASSWORD: 'pass-word-1', PORT: '9090', TOKEN: 'token-value-1' },
    );
    expect(config.database).toBe('postgres://o:pass-word-1@db:5432/omnifeed');
    expect(config.http.port).toBe(9090);
    expect(config.sources).toEqual([
      {
        id: 'shop',
        role: 'primary',
        path: path.join(folder, 'catalog.csv'),
        currency: 'USD',
        guard: { leastRowShare: 0.5 },
      },
      { id: 'extra', role: 'supplemental', url: 'https://shop.example/x.jsonl', format: 'auto', guard: {} },
    ]);
    expect(config.channels[1]).toMatchObject({
      id: 'mem',
      params: { brand: `\${literal}` },
      settings: { token: 'token-value-1' },
      stock: { safetyStock: 1, allocation: { mode: 'percent', percent: 50 } },
      orders: { placeIn: 'store', policy: 'matched' },
    });
    expect(config.secrets).toEqual(['token-value-1', 'pass-word-1']);
  });

  it('names every mistake at once, with line, column and advice, in the order of the file', async () => {
    const mistakes = await mistakesOf(`queue: kafka
logg: {}
sources:
  shop: { formt: auto }
channels:
  mem:
    connector: memori
    country: us
    language: en
    currency: 840
    zone: Mars/Base
schedules:
  x: { job: import, cron: "99 * * * *" }
  y: { cron: "* * * * *" }
`);
    expect(mistakes.map(({ path: at, line, column }) => `${line}:${column} ${at}`)).toEqual([
      '1:8 queue',
      '2:1 logg',
      '4:3 sources.shop',
      '4:11 sources.shop.formt',
      '7:16 channels.mem.connector',
      '8:14 channels.mem.country',
      '10:15 channels.mem.currency',
      '11:11 channels.mem.zone',
      '13:27 schedules.x.cron',
      '14:3 schedules.y.job',
    ]);
    expect(mistakes.every((mistake) => mistake.advice.length > 5)).toBe(true);
    const advice = Object.fromEntries(mistakes.map((mistake) => [mistake.path, mistake.advice]));
    expect(advice.logg).toBe('Did you mean `log`?');
    expect(advice['sources.shop.formt']).toBe('Did you mean `format`?');
    expect(advice['channels.mem.connector']).toBe('Did you mean `memory`?');
    expect(advice['channels.mem.currency']).toBe('Put it in quotes.');
  });

  it('says where a setting that is missing is found', async () => {
    const mistakes = await mistakesOf(
      'channels: { us: { connector: amazon, country: US, language: en, currency: USD, zone: America/Chicago, settings: {} } }',
    );
    expect(mistakes.find(({ path: at }) => at === 'channels.us.settings.refreshToken')?.advice).toBe(
      'Shown once when you authorize the application for your own account in Seller Central.',
    );
  });

  it("checks settings against the connector's own schema and never shows a secret", async () => {
    const mistakes = await mistakesOf(
      `channels: { mem: { ${CHANNEL}, settings: { tokn: geheim-1, store: 7 } } }`,
    );
    expect(mistakes.map((mistake) => mistake.path)).toEqual([
      'channels.mem.settings.tokn',
      'channels.mem.settings.store',
    ]);
    expect(JSON.stringify(mistakes)).not.toContain('geheim-1');
  });

  it('names the variable that is missing, once', async () => {
    const mistakes = await mistakesOf(
      `channels: { mem: { ${CHANNEL}, settings: { endpoint: "\${NO_SUCH}" } } }`,
    );
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatchObject({
      path: 'channels.mem.settings.endpoint',
      message: 'the environment variable NO_SUCH is not set',
    });
  });

  it('keeps nobody longer than the channel allows', async () => {
    const amazon = (orders: string) =>
      mistakesOf(`channels:
  a: { connector: amazon, country: US, language: en, currency: USD, zone: UTC, settings: { sellerId: A1B2C3D4E5F6G7, clientId: c, clientSecret: s, refreshToken: r, marketplaceId: ATVPDKIKX0DER }, orders: ${orders} }
`);
    const wrong = await amazon('{ keepBuyersDays: 30, keepMonths: 24 }');
    expect(wrong.map(({ path: at, message }) => `${at}: ${message}`)).toEqual([
      'channels.a.orders.keepBuyersDays: is longer than Amazon allows (23 days, after a week for backups of the keys)',
      'channels.a.orders.keepMonths: is longer than Amazon allows (18 months)',
    ]);
  });

  it('refuses a storefront that is not there, or is the channel itself, or is missing', async () => {
    const one = (orders: string) => mistakesOf(`channels: { mem: { ${CHANNEL}, orders: ${orders} } }`);
    expect((await one('{ placeIn: men }'))[0]?.advice).toBe('Did you mean `mem`?');
    expect((await one('{ placeIn: mem }'))[0]?.message).toContain('cannot be placed');
    expect((await one('{ policy: all }'))[0]?.message).toContain('needs a storefront');
  });

  it('refuses a share of stock whose numbers do not fit its mode', async () => {
    const mistakes = await mistakesOf(
      `channels: { mem: { ${CHANNEL}, stock: { allocation: { mode: reserve, percent: 3 } } } }`,
    );
    expect(mistakes.map((mistake) => `${mistake.path} ${mistake.message}`).sort()).toEqual([
      'channels.mem.stock.allocation.percent has no meaning in mode reserve',
      'channels.mem.stock.allocation.units is missing',
    ]);
  });

  it('refuses strict shares that cannot be kept: too much together, half a set of locations, a channel that does not count', async () => {
    const strict = (percent: number, more = '') =>
      `{ ${CHANNEL}, stock: { allocation: { mode: strict, percent: ${percent} }${more} } }`;
    const told = async (text: string) =>
      (await mistakesOf(`channels:\n${text}`)).map((mistake) => `${mistake.path} ${mistake.message}`);
    expect(await told(`  a: ${strict(60)}\n  b: ${strict(50)}`)).toEqual([
      'channels.b.stock.allocation.percent makes 110 percent together with a',
    ]);
    expect(await told(`  a: ${strict(60, ', locations: [x]')}\n  b: ${strict(40)}`)).toEqual([
      'channels.b.stock.allocation.mode shares some locations with "a", but not all',
    ]);
    const apart = `  a: ${strict(60, ', locations: [x]')}\n  b: ${strict(50, ', locations: [y]')}`;
    expect((await load(`channels:\n${apart}\n`)).channels).toHaveLength(2);
    const uncounting = strict(10).replace('connector: memory', 'connector: uncounted');
    expect(await told(`  f: ${uncounting}`)).toEqual([
      'channels.f.stock.allocation.mode Uncounted does not take its own sales off the quantity it was sent',
    ]);
  });

  it('lets a shop be told the stock of locations it does not count itself, each with a stated owner', async () => {
    const shop = (told: string | null, owner = 'omnifeed') =>
      `channels:
  shop:
    ${CHANNEL.replace('memory', 'shopify').replaceAll(', ', '\n    ')}
    settings: { shop: my-shop.myshopify.com, accessToken: shpat, stockOwner: ${owner} }
${told === null ? '' : `    stock: { tellShop: ${told} }\n`}sources: { web: { channel: shop } }
locations:
  berlin: { zone: UTC, countedBy: wms }
  store: { zone: UTC, countedBy: web }
  loose: { zone: UTC }
`;
    const told = async (text: string) =>
      (await mistakesOf(text)).map((mistake) => `${mistake.path} ${mistake.message}`);
    expect((await load(shop('{ berlin: "70551" }'))).channels[0]?.tellShop).toEqual([
      { location: 'berlin', inShop: '70551' },
    ]);
    const at = 'channels.shop.stock.tellShop';
    expect(await told(shop('{ berlin: "1", store: "2", loose: "3", nowhere: "1" }'))).toEqual([
      `${at}.store the shop shop counts at "store" (source web)`,
      `${at}.loose nobody is named as who counts at "loose"`,
      `${at}.nowhere nobody is named as who counts at "nowhere"`,
      `${at}.nowhere is the shop’s 1 as another location is`,
    ]);
    expect(await told(shop('{ berlin: "1" }', 'shop'))).toEqual([
      `${at} has no meaning: this channel counts its own stock, or cannot be told any`,
    ]);
    expect(await told(shop(null))).toEqual([
      `${at} is missing, though the settings say that this shop is told its stock`,
    ]);
  });

  it('refuses a keeper of the last units that is no channel', async () => {
    const stock = 'stock: { allocation: { mode: shared, keeper: nobody } }';
    const [mistake] = await mistakesOf(`channels: { mem: { ${CHANNEL}, ${stock} } }`);
    expect(mistake).toMatchObject({ message: 'there is no channel "nobody"', advice: 'Use one of: mem.' });
  });

  it('reads what profits are worked out with, and refuses prices whose tax nobody knows', async () => {
    const channel = (profit: string): string => `channels: { m: { ${CHANNEL}, profit: ${profit} } }\n`;
    await writeFile(path.join(folder, 'fees.yaml'), '');
    const { channels } = await load(
      channel('{ prices: gross, taxPercent: 19, shipping: 4.9, fees: fees.yaml }'),
    );
    expect(channels[0]?.profit).toEqual({
      prices: 'gross',
      taxPercent: 19,
      shipping: { minor: 490, currency: 'USD' },
      fees: path.join(folder, 'fees.yaml'),
      competition: false,
    });
    expect((await load(`channels: { m: { ${CHANNEL} } }\n`)).channels[0]?.profit).toBeNull();
    const told = async (profit: string): Promise<string[]> =>
      (await mistakesOf(channel(profit))).map(({ path: at, message }) => `${at}: ${message}`);
    expect(await told('{ prices: gross }')).toEqual(['channels.m.profit.taxPercent: is missing']);
    expect(await told('{ prices: net, taxPercent: 19 }')).toEqual([
      'channels.m.profit.taxPercent: has no meaning for net prices',
    ]);
    expect(await told('{ prices: net, shipping: 4.905 }')).toEqual([
      'channels.m.profit.shipping: is no amount in USD',
    ]);
    expect(await told('{ prices: net, fees: none.yaml }')).toEqual([
      'channels.m.profit.fees: the fee file none.yaml does not exist',
    ]);
    expect(await told('{}')).toEqual(['channels.m.profit.prices: is missing']);
  });

  it('says where YAML itself is broken, and names a key that is given twice', async () => {
    expect((await mistakesOf('sources:\n  shop: { path: x\nqueue: embedded\n'))[0]?.line).toBeGreaterThan(1);
    expect((await mistakesOf('queue: embedded\nqueue: embedded\n'))[0]).toMatchObject({ line: 2 });
    expect((await mistakesOf('- a\n- b\n'))[0]?.message).toContain('is not a list of settings');
  });

  it('is not led astray by names that JavaScript knows', async () => {
    const mistakes = await mistakesOf(
      '__proto__: { queue: x }\nconstructor: 1\nsources: { __proto__: { path: a } }\n',
    );
    expect(mistakes.map((mistake) => mistake.path)).toEqual([
      '__proto__',
      'constructor',
      'sources.__proto__',
    ]);
  });

  it('tells a missing file from one that is too large', async () => {
    await expect(loadConfig(path.join(folder, 'none.yaml'), connectors, {})).rejects.toMatchObject({
      code: 'config_missing',
    });
    await expect(load('#'.repeat(1_100_000))).rejects.toMatchObject({ code: 'config_too_large' });
  });
});
