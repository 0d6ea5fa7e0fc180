import { ChannelError } from '../../src/domain/errors.js';
import { plusMs } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { credentialIssues } from './credential-ages.js';
import type { ListingWork } from './listing-work.js';
import { queueClient } from './order-news/queue-client.js';

const HOUR_MS = 3_600_000;

/**
 * Whether the channel is ready: the credentials work, the seller takes part in the store, and the application has the roles for
 * listings and for orders. `searchOrders` sustains one call in three minutes, so a check is made every few hours, not in a loop.
 */
export async function checkConnection(work: ListingWork): Promise<readonly Issue[]> {
  const ages = credentialIssues(work.settings, work.host.clock.now());
  return [...(await connectionIssues(work)), ...(await queueIssues(work)), ...ages];
}

/** A queue that cannot be read costs time, no order: it is a warning. */
async function queueIssues({ settings, host }: ListingWork): Promise<readonly Issue[]> {
  if (settings.orderQueue === undefined) return [];
  try {
    await queueClient(settings.orderQueue, host).probe();
    return [];
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const { code, message } = error;
    const advice =
      error.owner === 'operator'
        ? error.advice
        : 'Check the address of `orderQueue` and whether this machine reaches it. Orders go on coming in by polling.';
    return [{ severity: 'warning', code, attribute: 'orderQueue', origin: 'channel', message, advice }];
  }
}

async function connectionIssues(work: ListingWork): Promise<readonly Issue[]> {
  try {
    const { body } = await work.client.call('getMarketplaceParticipations', {});
    const issues = participationIssues(body, work.settings.marketplaceId);
    if (issues.some(({ code }) => code === 'store_not_joined')) return issues;
    await work.client.call('searchListingsItems', { query: { pageSize: 1 } });
    return [...issues, ...(await orderRoleIssues(work))];
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

/** Everything else works, so a refusal here is about the role for orders alone. */
async function orderRoleIssues(work: ListingWork): Promise<readonly Issue[]> {
  const lastUpdatedAfter = plusMs(work.host.clock.now(), -HOUR_MS);
  try {
    await work.client.call('searchOrders', { query: { lastUpdatedAfter, maxResultsPerPage: 1 } });
    return [];
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (error.kind === 'throttled') return [];
    if (error.kind !== 'auth-lost') throw error;
    return [
      {
        severity: 'error',
        code: 'orders_role_missing',
        origin: 'channel',
        message: 'The application may not read orders.',
        advice:
          'Add the role "Inventory and Order Tracking" to the application in the Solution Provider Portal and authorize it again. Listings work without it.',
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
