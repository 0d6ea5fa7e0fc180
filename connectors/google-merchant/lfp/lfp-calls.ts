import type { JsonObject } from '../../../src/domain/json.js';
import type { MerchantClient } from '../client.js';
import { wholeList } from '../page-walk.js';

/** Every store stated for a merchant. A page has 1,000 at most (lfp v1, verified 2026-11-25). */
export function listLfpStores(client: MerchantClient, targetAccount: string): Promise<readonly JsonObject[]> {
  return wholeList('lfpStores', (pageToken) =>
    client.ask({
      method: 'lfpStores.list',
      api: 'lfp',
      verb: 'GET',
      path: `${client.account}/lfpStores`,
      query: { targetAccount, pageSize: 1_000, pageToken: pageToken ?? undefined },
    }),
  );
}

/** States a store; one of the same code is replaced. The answer tells whether it matched a Business Profile. */
export function insertLfpStore(client: MerchantClient, body: JsonObject): Promise<JsonObject> {
  return client.ask({
    method: 'lfpStores.insert',
    api: 'lfp',
    verb: 'POST',
    path: `${client.account}/lfpStores:insert`,
    body,
  });
}

/** Takes a store away. Throws `not_found` for one that is not there. */
export async function deleteLfpStore(
  client: MerchantClient,
  targetAccount: string,
  code: string,
): Promise<void> {
  await client.ask({
    method: 'lfpStores.delete',
    api: 'lfp',
    verb: 'DELETE',
    path: `${client.account}/lfpStores/${targetAccount}~${encodeURIComponent(code)}`,
  });
}

/** What Google made of stores and stock of a merchant, and which local programs the merchant is in. */
export function lfpMerchantState(client: MerchantClient, targetAccount: string): Promise<JsonObject> {
  return client.ask({
    method: 'lfpMerchantStates.get',
    api: 'lfp',
    verb: 'GET',
    path: `${client.account}/lfpMerchantStates/${targetAccount}`,
  });
}
