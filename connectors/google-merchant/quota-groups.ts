import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** Methods that share a limit, as the quota sub-API tells them. Names of groups are opaque. */
export interface QuotaGroup {
  readonly name: string;
  /** Calls per day; the day ends at 12:00 UTC. Null: Google names none. */
  readonly perDay: number | null;
  readonly perMinute: number | null;
  /** Calls of the present day so far. */
  readonly used: number;
  /** `products.productinputs.insert` and the like, in small letters. */
  readonly methods: readonly string[];
}

/** One spelling for a method of a sub-API: the documentation has `products.list` beside `products/v1/productInputs.insert`. */
export function methodKey(api: string, method: string): string {
  return `${api}.${method}`.toLowerCase();
}

/** Reads a `quotaGroups` entry (quota v1, verified 2026-11-24); null: it is none. */
export function readQuotaGroup(entry: JsonObject): QuotaGroup | null {
  if (typeof entry.name !== 'string') return null;
  const details = isJsonArray(entry.methodDetails) ? entry.methodDetails.filter(isJsonObject) : [];
  return {
    name: entry.name.split('/').at(-1) ?? entry.name,
    perDay: countIn(entry.quotaLimit),
    perMinute: countIn(entry.quotaMinuteLimit),
    used: countIn(entry.quotaUsage) ?? 0,
    methods: details.flatMap(methodsOf),
  };
}

function methodsOf(detail: JsonObject): readonly string[] {
  const { subapi, method, path } = detail;
  const [, fromPath] = typeof path === 'string' ? (/^\w+\/v\w+\/(.+)$/.exec(path) ?? []) : [];
  if (typeof subapi !== 'string') return [];
  return [method, fromPath].filter((name) => typeof name === 'string').map((name) => methodKey(subapi, name));
}

/** A count as Google writes 64-bit numbers: decimal text. */
function countIn(value: JsonValue | undefined): number | null {
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) return null;
  return Number(value);
}
