import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal, invalid } from './google-error.js';

/** The account's data sources; one local file source is there from the start, for nobody to take over. */
export interface DataSources {
  create(body: JsonObject): JsonObject;
  get(name: string): JsonObject;
  list(): readonly JsonObject[];
  /** Takes one away, as a person in Merchant Center would. */
  drop(name: string): void;
  /** Throws unless products of this key may be written to the source through the API. */
  admit(
    name: string | null,
    key?: { readonly contentLanguage: unknown; readonly feedLabel: unknown },
  ): string;
}

interface Primary {
  readonly contentLanguage?: string;
  readonly feedLabel?: string;
  readonly legacyLocal?: boolean;
}

/** The data sources of one account. */
export function dataSources(account: string): DataSources {
  const sources = new Map<string, JsonObject>();
  let last = 1000;

  function add(source: JsonObject): JsonObject {
    last += 1;
    const stored = { name: `accounts/${account}/dataSources/${last}`, dataSourceId: String(last), ...source };
    sources.set(stored.name, stored);
    return stored;
  }

  add({
    displayName: 'Store inventory file',
    input: 'FILE',
    primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US', legacyLocal: true },
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

  return {
    create(body) {
      const primary = body.primaryProductDataSource as (Primary & { countries?: unknown }) | undefined;
      if (typeof body.displayName !== 'string')
        throw invalid('display_name', 'A display name is required.', 'REQUIRED');
      if (primary === undefined) throw invalid('type', 'Exactly one type must be set.');
      if ((primary.contentLanguage === undefined) !== (primary.feedLabel === undefined)) {
        throw invalid('content_language', 'Content language and feed label must be set together.');
      }
      return add({ ...body, input: 'API' });
    },
    get,
    list: () => [...sources.values()],
    drop: (name) => void sources.delete(name),
    admit(name, key) {
      if (name === null || name === '')
        throw invalid('dataSource', 'The data source is required.', 'REQUIRED');
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
