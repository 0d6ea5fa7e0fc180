import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';

/** What the simulated Amazon knows beside the seller's own listings: offers of others, and fee calculations that fail. */
export interface Market {
  /** Another seller's price for the item of a SKU; null: nobody else offers it. */
  rival(sku: string): number | null;
  setRival(sku: string, price: number | null): void;
  /** Whether the next fee calculation for a SKU fails on Amazon's side. */
  failsNow(sku: string): boolean;
  /** So many calculations for a SKU fail from now on. */
  failFees(sku: string, times: number): void;
}

/** A market without other sellers, where everything works. */
export function market(): Market {
  const rivals = new Map<string, number>();
  const failing = new Map<string, number>();
  return {
    rival: (sku) => rivals.get(sku) ?? null,
    setRival: (sku, price) => void (price === null ? rivals.delete(sku) : rivals.set(sku, price)),
    failsNow(sku) {
      const left = failing.get(sku) ?? 0;
      if (left > 0) failing.set(sku, left - 1);
      return left > 0;
    },
    failFees: (sku, times) => void failing.set(sku, times),
  };
}

/** The first problem of a JSON body that must have exactly these members; null: none. `?` marks those that may be missing. */
export function shapeProblem(
  value: JsonValue | undefined,
  members: Readonly<Record<string, string>>,
): string | null {
  if (!isJsonObject(value)) return 'an object is expected';
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) return `${unknown} is unknown`;
  for (const [name, kind] of Object.entries(members)) {
    const member = value[name];
    const isOptional = kind.endsWith('?');
    if (member === undefined && isOptional) continue;
    const wanted = kind.replace('?', '');
    const found = isJsonArray(member) ? 'array' : typeof member;
    if (found !== wanted || member === null) return `${name} must be of type ${wanted}`;
  }
  return null;
}

/** The objects of a body's list, or nothing when it is none, is empty, or is longer than allowed. */
export function listOf(value: JsonValue | undefined, most: number): readonly JsonObject[] | null {
  if (!isJsonArray(value) || value.length === 0 || value.length > most) return null;
  return value.every(isJsonObject) ? value : null;
}

/** A request's body as JSON; nothing when it is none. */
export function jsonOf(body: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}
