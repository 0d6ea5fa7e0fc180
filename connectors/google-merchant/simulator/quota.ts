import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal } from './google-error.js';

/** Counts calls per quota group, minute and day. */
export interface Quota {
  /** Counts one call (`products.productInputs.insert`). Throws the 429 when a limit of its group is reached. */
  spend(call: string): void;
  /** Other limits for one group, or for all. */
  set(limits: { readonly perMinute?: number; readonly perDay?: number }, group?: string): void;
  /** The groups as the quota sub-API lists them, the busiest first. */
  groups(account: string): readonly JsonObject[];
  /** Calls of a group since it began, whatever became of them. */
  counted(): Readonly<Record<string, number>>;
}

/** Groups of methods. Google gives no promise about their names; these are the simulator's. */
const GROUPS: readonly { readonly name: string; readonly methods: RegExp }[] = [
  { name: 'merchant-product-write-methods', methods: /^products\.productInputs\./ },
  { name: 'merchant-product-read-methods', methods: /^products\.products\./ },
  { name: 'merchant-datasources-methods', methods: /^datasources\./ },
  {
    name: 'merchant-accounts-read-methods',
    methods: /^accounts\..*\.?(get|list|getAccountForGcpRegistration)$/,
  },
  { name: 'merchant-accounts-write-methods', methods: /^accounts\./ },
  { name: 'merchant-inventory-methods', methods: /^inventories\./ },
  { name: 'merchant-report-methods', methods: /^reports\./ },
  { name: 'merchant-other-methods', methods: /./ },
];

const MINUTE_MS = 60_000;
const NOON_MS = 12 * 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Counter {
  perMinute: number;
  perDay: number;
  minute: { from: number; used: number };
  day: { number: number; used: number };
  total: number;
}

/** Generous limits at first; `set` changes them. Daily counts start again at 12:00 UTC. */
export function callQuota(now: () => number, methods: readonly string[]): Quota {
  const counters = new Map<string, Counter>(GROUPS.map(({ name }) => [name, freshCounter()]));

  function counterOf(call: string): Counter {
    return counters.get(groupOf(call)) ?? freshCounter();
  }

  /** Starts minute and day again when they are over. */
  function turn(counter: Counter): Counter {
    if (now() - counter.minute.from >= MINUTE_MS) counter.minute = { from: now(), used: 0 };
    const number = Math.floor((now() - NOON_MS) / DAY_MS);
    if (number !== counter.day.number) counter.day = { number, used: 0 };
    return counter;
  }

  return {
    spend(call) {
      const counter = turn(counterOf(call));
      counter.total += 1;
      if (counter.day.used >= counter.perDay) {
        throw new GoogleRefusal(429, 'Quota exceeded: quota/daily_limit_exceeded', {
          REASON: 'QUOTA_DAILY_LIMIT_EXCEEDED',
        });
      }
      if (counter.minute.used >= counter.perMinute) {
        throw new GoogleRefusal(429, 'Quota exceeded: quota/request_rate_too_high', {
          REASON: 'QUOTA_REQUEST_RATE_TOO_HIGH',
        });
      }
      counter.minute.used += 1;
      counter.day.used += 1;
    },
    set(limits, group) {
      for (const [name, counter] of counters) {
        if (group !== undefined && group !== name) continue;
        counter.perMinute = limits.perMinute ?? counter.perMinute;
        counter.perDay = limits.perDay ?? counter.perDay;
        counter.minute = { from: 0, used: 0 };
      }
    },
    groups(account) {
      return [...counters]
        .map(([name, counter]) => ({ name, counter: turn(counter) }))
        .sort((a, b) => b.counter.day.used - a.counter.day.used)
        .map(({ name, counter }) => ({
          name: `accounts/${account}/quotas/${name}`,
          quotaUsage: String(counter.day.used),
          quotaLimit: String(counter.perDay),
          quotaMinuteLimit: String(counter.perMinute),
          methodDetails: methods.filter((method) => groupOf(method) === name).map(methodDetail),
        }));
    },
    counted: () => Object.fromEntries([...counters].map(([name, { total }]) => [name, total])),
  };
}

function groupOf(call: string): string {
  return GROUPS.find(({ methods }) => methods.test(call))?.name ?? '';
}

function methodDetail(call: string): JsonObject {
  const [subapi = '', ...method] = call.split('.');
  return { method: method.join('.'), version: 'v1', subapi, path: `${subapi}/v1/${method.join('.')}` };
}

function freshCounter(): Counter {
  return {
    perMinute: 60_000,
    perDay: 10_000_000,
    minute: { from: 0, used: 0 },
    day: { number: -1, used: 0 },
    total: 0,
  };
}
