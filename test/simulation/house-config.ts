import type { ChannelConfig, Config } from '../../src/config/config.js';
import { packageRoot } from '../../src/config/package-root.js';
import type { Allocation } from '../../src/domain/stock.js';
import { KINDS } from './market.js';

const RETENTION = { buyerDays: 30, orderMonths: null };

/** The simulated merchant's configuration: three channels of the house, a second marketplace and a shop. */
export function houseConfig(strict: boolean): Config {
  const share = (percent: number): Allocation =>
    strict ? { mode: 'strict', percent } : { mode: 'shared', keeper: 'amazon', lastUnits: 2 };
  const allocations: Readonly<Record<string, Allocation>> = { amazon: share(60), bazaar: share(40) };
  const channels = [...Object.keys(KINDS), 'shop'].map((id) =>
    channelOf(id, allocations[id] ?? { mode: 'shared' }),
  );
  return {
    file: 'simulated',
    folder: packageRoot(),
    written: {},
    database: ':memory:',
    queue: 'embedded',
    keyFile: '',
    keyRing: null,
    catalog: { language: null, rates: null },
    http: { host: '127.0.0.1', port: 0, console: false, publicUrl: null, trustProxy: false },
    checkout: null,
    hooks: null,
    conversions: null,
    customerExport: null,
    webhooks: { privateHosts: [] },
    log: { level: 'error' },
    sources: [],
    channels,
    locations: [],
    mail: null,
    backups: { folder: '', hourly: false, keep: { hours: 0, days: 0, weeks: 0 } },
    schedules: [],
    secrets: [],
  };
}

function channelOf(id: string, allocation: Allocation): ChannelConfig {
  const sells = KINDS[id]?.sells === true;
  return {
    id,
    connector: 'memory',
    country: 'DE',
    language: 'de',
    currency: 'EUR',
    zone: 'UTC',
    params: {},
    settings: {},
    tellShop: [],
    stock: { allocation, safetyStock: 0 },
    promotions: null,
    signals: null,
    places: [],
    guard: {},
    adopt: 'ask',
    heal: null,
    inspect: null,
    orders: { policy: 'all', split: false, ...(sells ? { placeIn: 'shop' } : {}), retention: RETENTION },
    profit: null,
  };
}
