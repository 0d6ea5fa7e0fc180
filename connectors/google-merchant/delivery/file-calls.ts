import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { MerchantClient } from '../client.js';

/** Has Google fetch a file now. Meant for about once a day (quotas, verified 2026-11-23). */
export async function fetchNow(client: MerchantClient, source: string): Promise<void> {
  await client.ask({
    method: 'dataSources.fetch',
    api: 'datasources',
    verb: 'POST',
    path: `${source}:fetch`,
    body: {},
  });
}

/** What became of the file fetched last; null: none was fetched yet. */
export async function latestUpload(client: MerchantClient, source: string): Promise<JsonObject | null> {
  try {
    return await client.ask({
      method: 'fileUploads.get',
      api: 'datasources',
      verb: 'GET',
      path: `${source}/fileUploads/latest`,
    });
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not_found') return null;
    throw error;
  }
}
