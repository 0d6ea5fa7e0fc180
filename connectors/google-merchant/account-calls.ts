import type { JsonObject } from '../../src/domain/json.js';
import type { ApiCall, MerchantClient } from './client.js';
import { wholeList } from './page-walk.js';

/** The account itself: name, language, time zone, whether it is a test account. */
export function getAccount(client: MerchantClient): Promise<JsonObject> {
  return client.ask(read('accounts.get', client.account));
}

/** The shop's address and whether it is claimed. */
export function getHomepage(client: MerchantClient): Promise<JsonObject> {
  return client.ask(read('homepage.get', `${client.account}/homepage`));
}

/** What Google changes by itself, from what the shop's pages say. */
export function getAutomaticImprovements(client: MerchantClient): Promise<JsonObject> {
  return client.ask(read('automaticImprovements.get', `${client.account}/automaticImprovements`));
}

/** Programs such as Shopping ads and free listings, with what is missing for them. */
export function listPrograms(client: MerchantClient): Promise<readonly JsonObject[]> {
  return wholeList('programs', (pageToken) =>
    client.ask({
      ...read('programs.list', `${client.account}/programs`),
      query: { pageToken: pageToken ?? undefined },
    }),
  );
}

/** Issues of the account as a whole, in English. A page has 100 at most (accounts v1, verified 2026-11-23). */
export function listAccountIssues(client: MerchantClient): Promise<readonly JsonObject[]> {
  return wholeList('accountIssues', (pageToken) =>
    client.ask({
      ...read('issues.list', `${client.account}/issues`),
      query: {
        languageCode: 'en',
        timeZone: 'Etc/UTC',
        pageSize: 100,
        pageToken: pageToken ?? undefined,
      },
    }),
  );
}

/** How many products are active, pending, disapproved and expiring, by place and country, with their commonest issues. */
export function aggregateStatuses(client: MerchantClient): Promise<readonly JsonObject[]> {
  return wholeList('aggregateProductStatuses', (pageToken) =>
    client.ask({
      method: 'aggregateProductStatuses.list',
      api: 'issueresolution',
      verb: 'GET',
      path: `${client.account}/aggregateProductStatuses`,
      query: { pageToken: pageToken ?? undefined },
    }),
  );
}

/** The account the calling project is registered with. Throws `not_found` or `gcp_not_registered` when there is none. */
export function registeredAccount(client: MerchantClient): Promise<JsonObject> {
  const call = read('accounts.getAccountForGcpRegistration', 'accounts:getAccountForGcpRegistration');
  return client.ask({ ...call, unregistered: true });
}

/** Registers the calling project with the account; needs admin access, and takes up to five minutes to be known. */
export function registerGcp(client: MerchantClient, developerEmail: string | null): Promise<JsonObject> {
  return client.ask({
    method: 'developerRegistration.registerGcp',
    api: 'accounts',
    verb: 'POST',
    path: `${client.account}/developerRegistration:registerGcp`,
    body: developerEmail === null ? {} : { developerEmail },
    unregistered: true,
  });
}

/** Makes a test account below this one. Its products never serve and are approved by default. */
export function createTestAccount(client: MerchantClient, body: JsonObject): Promise<JsonObject> {
  return client.ask({
    method: 'accounts.createTestAccount',
    api: 'accounts',
    verb: 'POST',
    path: `${client.account}:createTestAccount`,
    body,
  });
}

function read(method: string, path: string): ApiCall {
  return { method, api: 'accounts', verb: 'GET', path };
}
