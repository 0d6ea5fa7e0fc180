import type { ListingChange, Receipt } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/domain/json.js';
import { keepFulfilment } from './fulfilment.js';
import type { ListingWork } from './listing-work.js';
import { submittedAttributes } from './look.js';
import { takesAlong, withSetElsewhere } from './set-elsewhere.js';

/** Changes that may go, as they may go, and what Amazon does not let the seller list. */
export interface Ready {
  readonly changes: readonly ListingChange[];
  readonly refused: readonly Receipt[];
}

/** An approval comes without a word: what was refused is asked about again daily. */
const ASK_AGAIN_MS = 24 * 3_600_000;

/**
 * What must be known before anything is sent, by whatever lane: who ships each SKU, and for the first listing of an item others have
 * described whether the seller may list it. Throws a ChannelError when Amazon cannot be asked: then nothing may be sent.
 */
export async function beforeSending(work: ListingWork, changes: readonly ListingChange[]): Promise<Ready> {
  const refusals = new Map<string, readonly Issue[]>();
  for (const change of changes) {
    const issues = await beforehand(refusalOf(work, change));
    if (issues.length > 0) refusals.set(change.sku, issues);
  }
  const open = changes.filter(({ sku }) => !refusals.has(sku));
  return {
    changes: await beforehand(keepSetElsewhere(work, await beforehand(keepFulfilment(work, open)))),
    refused: [...refusals].map(([sku, issues]) => ({
      sku,
      outcome: 'rejected',
      issues,
      againInMs: ASK_AGAIN_MS,
    })),
  };
}

/**
 * The same for a load, as far as it can be known in time: stock is protected on every listing that is there; of new ones the first
 * meeting with the channel has shown that there is nothing to protect, and what may not be listed comes back in the report.
 */
export async function beforeLoading(
  work: ListingWork,
  changes: readonly ListingChange[],
): Promise<readonly ListingChange[]> {
  const there = changes.filter(({ externalId }) => externalId !== null);
  const kept = await beforehand(keepSetElsewhere(work, await beforehand(keepFulfilment(work, there))));
  const bySku = new Map(kept.map((change) => [change.sku, change]));
  return changes.map((change) => bySku.get(change.sku) ?? change);
}

/** Before a listing that is there goes whole, Amazon is asked for what the seller set beside it, twenty SKUs a call. */
async function keepSetElsewhere(
  work: ListingWork,
  changes: readonly ListingChange[],
): Promise<ListingChange[]> {
  const there = await submittedAttributes(
    work,
    changes.filter(takesAlong).map(({ sku }) => sku),
  );
  return changes.map((change) => {
    const shown = takesAlong(change) ? there.get(change.sku) : undefined;
    if (shown === undefined) return change;
    return { ...change, attributes: withSetElsewhere(change.attributes, shown, change.offerBefore ?? {}) };
  });
}

async function refusalOf(work: ListingWork, change: ListingChange): Promise<readonly Issue[]> {
  const asin = firstValue(change.attributes.merchant_suggested_asin);
  if (change.action !== 'upsert' || change.externalId !== null || asin === null) return [];
  return work.mayList(asin, firstValue(change.attributes.condition_type));
}

function firstValue(attribute: JsonValue | undefined): string | null {
  const first = isJsonArray(attribute) ? attribute[0] : undefined;
  return isJsonObject(first) && typeof first.value === 'string' ? first.value : null;
}

/** What fails while asking has certainly changed nothing. */
async function beforehand<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'ambiguous') throw error;
    const { code, owner, advice, againInMs, requestId } = error;
    const facts = { code, kind: 'not-sent', owner, advice, againInMs, requestId, cause: error } as const;
    throw new ChannelError(error.message, facts);
  }
}
