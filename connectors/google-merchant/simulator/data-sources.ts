import type { JsonObject } from '../../../src/domain/json.js';
import { checkDataSource, checkPatch, type Primary } from './data-source-check.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { ruleOf } from './supplements.js';

/** The account's data sources; one local file source is there from the start, for nobody to take over. */
export interface DataSources {
  create(body: JsonObject): JsonObject;
  /** Changes the fields of the mask; returns the source. */
  patch(name: string, body: JsonObject, mask: string | null): JsonObject;
  get(name: string): JsonObject;
  list(): readonly JsonObject[];
  /** Throws the 400 for a supplement that a primary source takes from. */
  checkUnlinked(name: string): void;
  /** Takes one away, as a person in Merchant Center or `dataSources.delete` would. */
  drop(name: string): void;
  /** Throws unless products of this key may be written to the source through the API. */
  admit(
    name: string | null,
    key?: { readonly contentLanguage: unknown; readonly feedLabel: unknown },
  ): string;
  /** From now on new sources are unknown to the products sub-API for so long. */
  propagateIn(ms: number): void;
  /** The account sells in stores: a source made without destinations becomes a local one. */
  sellsInStores(): void;
}

/** The data sources of one account. */
export function dataSources(account: string, now: () => number): DataSources {
  const sources = new Map<string, JsonObject>();
  const knownFrom = new Map<string, number>();
  let last = 1000;
  let propagationMs = 0;
  let stores = false;

  function add(source: JsonObject): JsonObject {
    last += 1;
    const stored = { name: `accounts/${account}/dataSources/${last}`, dataSourceId: String(last), ...source };
    sources.set(stored.name, stored);
    knownFrom.set(stored.name, now() + propagationMs);
    return stored;
  }

  add({
    displayName: 'Store inventory file',
    input: 'FILE',
    primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US', legacyLocal: true },
    fileInput: { fileInputType: 'UPLOAD', fileName: 'stores.txt' },
  });

  function get(name: string): JsonObject {
    const source = sources.get(name);
    if (source) return source;
    throw new GoogleRefusal(
      404,
      `[dataSource] Data source with id ${name.split('/').at(-1)} was not found.`,
      {
        FIELD_LOCATION: 'dataSource',
        REASON: 'DATA_SOURCE_NOT_FOUND',
      },
    );
  }

  /** What a default rule names must be there, and a supplement where a supplement is named. */
  function checkReferences(source: JsonObject): void {
    for (const { supplementalDataSourceName: name } of ruleOf(source) ?? []) {
      if (name !== undefined && sources.get(String(name))?.supplementalProductDataSource === undefined)
        throw invalid('take_from_data_sources', `${String(name)} is no supplemental data source.`);
    }
  }

  /** The primary sources whose rule names a supplement. */
  function referencing(name: string): readonly string[] {
    return [...sources.values()]
      .filter((source) => ruleOf(source)?.some((entry) => entry.supplementalDataSourceName === name))
      .map((source) => String(source.name));
  }

  /** `referencingPrimaryDataSources` is the server's. */
  function shown(source: JsonObject): JsonObject {
    const supplemental = source.supplementalProductDataSource as JsonObject | undefined;
    if (supplemental === undefined) return source;
    const referencingPrimaryDataSources = [...referencing(String(source.name))];
    return { ...source, supplementalProductDataSource: { ...supplemental, referencingPrimaryDataSources } };
  }

  return {
    create(body) {
      checkDataSource(body);
      checkReferences(body);
      const primary = body.primaryProductDataSource as Primary | undefined;
      const local = stores && primary !== undefined && primary.destinations === undefined;
      return add({
        ...body,
        ...(primary === undefined
          ? {}
          : { primaryProductDataSource: { ...primary, legacyLocal: local || primary.legacyLocal === true } }),
        input: body.fileInput === undefined ? 'API' : 'FILE',
        ...fileInputOf(body),
      });
    },
    patch(name, body, mask) {
      const before = get(name);
      const after = { ...before, ...checkPatch(before, body, mask) };
      checkReferences(after);
      sources.set(name, { ...after, ...fileInputOf(after) });
      return get(name);
    },
    get: (name) => shown(get(name)),
    list: () => [...sources.values()].map(shown),
    checkUnlinked(name) {
      if (referencing(name).length > 0)
        throw invalid('name', 'The data source is linked to a primary data source and cannot be deleted.');
    },
    drop: (name) => void sources.delete(name),
    propagateIn(ms) {
      propagationMs = ms;
    },
    sellsInStores() {
      stores = true;
    },
    admit(name, key) {
      if (name === null || name === '')
        throw invalid('dataSource', 'The data source is required.', 'REQUIRED');
      if ((knownFrom.get(name) ?? 0) > now()) {
        throw new GoogleRefusal(
          404,
          `[dataSource] Data source with id ${name.split('/').at(-1)} was not found.`,
          {
            FIELD_LOCATION: 'dataSource',
            REASON: 'DATA_SOURCE_NOT_FOUND',
          },
        );
      }
      const source = get(name);
      const primary = (source.primaryProductDataSource ?? {}) as Primary;
      if (source.input !== 'API')
        throw invalid('dataSource', "API data sources cannot have a 'fileInput' field set.");
      if (primary.legacyLocal === true) {
        throw invalid('dataSource', 'The provided data source channel does not match product channel.');
      }
      const fits =
        key === undefined ||
        primary.feedLabel === undefined ||
        (primary.feedLabel === key.feedLabel && primary.contentLanguage === key.contentLanguage);
      if (!fits)
        throw invalid('dataSource', 'Content language or feed label differ from those of the data source.');
      return name;
    },
  };
}

/** `fileInputType` is the server's: a source with fetch settings is fetched, one with a file name is uploaded to. */
function fileInputOf(source: JsonObject): JsonObject {
  const file = source.fileInput as JsonObject | undefined;
  if (file === undefined) return {};
  return { fileInput: { ...file, fileInputType: file.fetchSettings === undefined ? 'UPLOAD' : 'FETCH' } };
}
