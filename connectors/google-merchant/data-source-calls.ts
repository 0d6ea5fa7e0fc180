import type { JsonObject } from '../../src/domain/json.js';
import type { MerchantClient } from './client.js';
import { wholeList } from './page-walk.js';

/** Every data source of the account. Creating is not idempotent at Google, so this is read first (datasources v1, verified 2026-11-23). */
export function listDataSources(client: MerchantClient): Promise<readonly JsonObject[]> {
  return wholeList('dataSources', (pageToken) =>
    client.ask({
      method: 'dataSources.list',
      api: 'datasources',
      verb: 'GET',
      path: `${client.account}/dataSources`,
      query: { pageSize: 1_000, pageToken: pageToken ?? undefined },
    }),
  );
}

/** Creates one. Always another one, also when there is one like it. */
export function createDataSource(client: MerchantClient, body: JsonObject): Promise<JsonObject> {
  return client.ask({
    method: 'dataSources.create',
    api: 'datasources',
    verb: 'POST',
    path: `${client.account}/dataSources`,
    body,
  });
}

/** One by its full name. Throws `data_source_not_found`. */
export function getDataSource(client: MerchantClient, name: string): Promise<JsonObject> {
  return client.ask({ method: 'dataSources.get', api: 'datasources', verb: 'GET', path: name });
}

/** Changes the fields the mask names; a field of the mask without a value is cleared. */
export function patchDataSource(
  client: MerchantClient,
  name: string,
  { mask, body }: { readonly mask: string; readonly body: JsonObject },
): Promise<JsonObject> {
  return client.ask({
    method: 'dataSources.patch',
    api: 'datasources',
    verb: 'PATCH',
    path: name,
    query: { updateMask: mask },
    body,
  });
}
