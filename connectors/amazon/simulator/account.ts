import type { JsonObject } from '../../../src/domain/json.js';

/** The one seller the simulator knows: credentials, store and language. */
export const ACCOUNT = {
  sellerId: 'A1SIMULATED0',
  marketplaceId: 'ATVPDKIKX0DER',
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  language: 'en_US',
  clientId: 'amzn1.application-oa2-client.simulator',
  clientSecret: 'amzn1.oa2-cs.v1.simulator',
  /** Channel code of a location of the account's own, beside `DEFAULT`. */
  location: 'SIM_WEST',
  refreshToken: 'Atzr|simulator-refresh-token',
} as const;

/** Where the token endpoint lives. */
export const TOKEN_PATH = '/auth/o2/token';

/** Settings with which the connector opens this seller. */
export function settingsFor(url: string): JsonObject {
  return {
    sellerId: ACCOUNT.sellerId,
    marketplaceId: ACCOUNT.marketplaceId,
    clientId: ACCOUNT.clientId,
    clientSecret: ACCOUNT.clientSecret,
    refreshToken: ACCOUNT.refreshToken,
    endpoint: url,
    tokenEndpoint: `${url}${TOKEN_PATH}`,
  };
}
