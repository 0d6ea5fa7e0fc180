import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { credentialIssues } from './credential-ages.js';
import type { ListingWork } from './listing-work.js';

/**
 * Whether the channel is ready: the credentials work, the seller takes part in the store, listings may be read. The role for
 * orders is not tried: `searchOrders` sustains one call in three minutes.
 */
export async function checkConnection(work: ListingWork): Promise<readonly Issue[]> {
  const ages = credentialIssues(work.settings, work.host.clock.now());
  return [...(await connectionIssues(work)), ...ages];
}

async function connectionIssues(work: ListingWork): Promise<readonly Issue[]> {
  try {
    const { body } = await work.client.call('getMarketplaceParticipations', {});
    const issues = participationIssues(body, work.settings.marketplaceId);
    if (issues.some(({ code }) => code === 'store_not_joined')) return issues;
    await work.client.call('searchListingsItems', { query: { pageSize: 1 } });
    return issues;
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'auth-lost') throw error;
    return [
      {
        severity: 'error',
        code: error.code,
        origin: 'channel',
        message: error.message,
        advice: error.advice,
      },
    ];
  }
}

function participationIssues(body: JsonObject, marketplaceId: string): readonly Issue[] {
  const stores = isJsonArray(body.payload) ? body.payload.filter(isJsonObject) : [];
  const store = stores.find(
    ({ marketplace }) => isJsonObject(marketplace) && marketplace.id === marketplaceId,
  );
  const participation = isJsonObject(store?.participation) ? store.participation : {};
  if (participation.isParticipating !== true) {
    return [
      {
        severity: 'error',
        code: 'store_not_joined',
        attribute: 'marketplaceId',
        origin: 'channel',
        message: `The seller account does not sell in the store ${marketplaceId}.`,
        advice: 'Check the store id and its region, or join the store in Seller Central.',
      },
    ];
  }
  if (participation.hasSuspendedListings !== true) return [];
  return [
    {
      severity: 'warning',
      code: 'listings_suspended',
      origin: 'channel',
      message: 'Amazon has suspended listings of this account in this store.',
      advice: 'Look at Account Health in Seller Central.',
    },
  ];
}
