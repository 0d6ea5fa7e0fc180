import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { CatalogWorld } from './catalog-world.js';
import { invalid } from './google-error.js';

/** Inputs of supplemental sources. They make no product; a primary source takes from them what its default rule says. */
export interface Supplements {
  /** True when products of this source are supplements. */
  takes(dataSource: string): boolean;
  get(key: string, dataSource: string): JsonObject | null;
  put(key: string, dataSource: string, input: JsonObject | null): void;
  /** The primary input with what its source takes from others: for each attribute the first source that has it. */
  merged(key: string, primary: JsonObject, dataSource: string): JsonObject;
  dropSource(dataSource: string): void;
}

/** No supplements. */
export function supplements(world: CatalogWorld): Supplements {
  const inputs = new Map<string, JsonObject>();
  const place = (key: string, dataSource: string): string => `${dataSource} ${key}`;

  return {
    takes: (dataSource) => world.source(dataSource)?.supplementalProductDataSource !== undefined,
    get: (key, dataSource) => inputs.get(place(key, dataSource)) ?? null,
    put(key, dataSource, input) {
      if (input === null) inputs.delete(place(key, dataSource));
      else inputs.set(place(key, dataSource), input);
    },
    merged(key, primary, dataSource) {
      const rule = ruleOf(world.source(dataSource));
      if (rule === null) return primary;
      const layers = rule.flatMap((entry): readonly JsonObject[] => {
        if (entry.self === true) return [primary];
        const named = entry.supplementalDataSourceName ?? entry.primaryDataSourceName;
        const input = inputs.get(place(key, String(named)));
        return input === undefined ? [] : [input];
      });
      return { ...primary, ...mergedLayers(layers) };
    },
    dropSource(dataSource) {
      for (const at of inputs.keys()) if (at.startsWith(`${dataSource} `)) inputs.delete(at);
    },
  };
}

/** Throws the 400: a version number belongs to primary inputs (products v1, verified 2026-11-23). */
export function checkSupplement(input: JsonObject): void {
  if (input.versionNumber !== undefined)
    throw invalid('product_input.version_number', 'The version number can only be set for primary inputs.');
}

/** The entries of a primary source's default rule; null: it has none and takes only from itself. */
export function ruleOf(source: JsonObject | null): readonly JsonObject[] | null {
  const primary = source?.primaryProductDataSource;
  const rule = isJsonObject(primary) ? primary.defaultRule : undefined;
  const list = isJsonObject(rule) ? rule.takeFromDataSources : undefined;
  return isJsonArray(list) ? list.filter(isJsonObject) : null;
}

function mergedLayers(layers: readonly JsonObject[]): JsonObject {
  const attributes: Record<string, JsonValue | undefined> = {};
  const custom = new Map<string, JsonValue[]>();
  for (const layer of layers) {
    for (const [field, value] of Object.entries((layer.productAttributes ?? {}) as JsonObject))
      attributes[field] ??= value;
    const own = new Map<string, JsonValue[]>();
    for (const entry of (layer.customAttributes ?? []) as readonly JsonObject[])
      own.set(String(entry.name), [...(own.get(String(entry.name)) ?? []), entry]);
    for (const [name, entries] of own) if (!custom.has(name)) custom.set(name, entries);
  }
  const customAttributes = [...custom.values()].flat();
  return {
    productAttributes: attributes,
    ...(customAttributes.length === 0 ? {} : { customAttributes }),
  };
}
