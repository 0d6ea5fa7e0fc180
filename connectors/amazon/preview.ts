import type { ListingChange, ListingPreview } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import { channelIssues, refusalIssue } from './issues.js';
import { offerPatchBody, putBody } from './listing-requests.js';
import type { ListingWork } from './listing-work.js';
import { accountOf } from './settings.js';

/** Announced as one call a second (2024); a page of 2026 shows more. Source: amazon spec 2.10; verified 2026-11. */
const PREVIEW_PLAN = { perSecond: 0.9, burst: 1 };

/**
 * What Amazon would say to these changes, by its own rules and without storing anything (`VALIDATION_PREVIEW`). One call per
 * change, about one a second: for first submissions, not for stock. Removals have no preview.
 */
export async function previewListings(
  work: ListingWork,
  changes: readonly ListingChange[],
): Promise<readonly ListingPreview[]> {
  const bucket = work.host.bucket('amazon:preview', PREVIEW_PLAN, accountOf(work.settings));
  const previews: ListingPreview[] = [];
  for (const change of changes) {
    if (change.action === 'remove') continue;
    await bucket.take(work.host.signal);
    previews.push(await preview(work, change));
  }
  return previews;
}

async function preview(work: ListingWork, change: ListingChange): Promise<ListingPreview> {
  const { client, settings } = work;
  const path = { sku: change.sku };
  const query = { mode: 'VALIDATION_PREVIEW', includedData: ['issues'] };
  try {
    const { body } =
      change.action === 'offer'
        ? await client.call('patchListingsItem', {
            path,
            query,
            body: offerPatchBody(change, settings.marketplaceId),
          })
        : await client.call('putListingsItem', { path, query, body: putBody(change) });
    const issues = channelIssues(body.issues, settings.marketplaceId);
    return { sku: change.sku, accepted: body.status === 'VALID', issues };
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'refused') throw error;
    return { sku: change.sku, accepted: false, issues: [refusalIssue(error)] };
  }
}
