import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { refusalIssue } from './issues.js';
import type { Eligibility, Seller } from './listing-work.js';
import type { Said } from './models/open-types.js';
import type { RestrictionsRestrictionList } from './models/operations.generated.js';
import { languageTagOf } from './settings.js';

/** What may be listed stays so for a day; what may not is asked again soon, because approval is what the merchant waits for. */
const KEPT_MS = { free: 24 * 3_600_000, restricted: 60_000 } as const;
const MOST_KEPT = 20_000;

/**
 * Asks Amazon whether an item may be listed (`getListingsRestrictions`) and keeps the answers. Source: model
 * listingsRestrictions_2021-08-01; verified 2026-11.
 */
export function eligibility(work: Seller): Eligibility {
  const kept = new Map<string, { readonly issues: readonly Issue[]; readonly untilMs: number }>();
  return async (asin, condition) => {
    const key = `${asin} ${condition ?? ''}`;
    const known = kept.get(key);
    if (known && known.untilMs > work.host.clock.monotonicMs()) return known.issues;
    const issues = await ask(work, asin, condition);
    const keptMs = issues.length === 0 ? KEPT_MS.free : KEPT_MS.restricted;
    const oldest = kept.keys().next().value;
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, { issues, untilMs: work.host.clock.monotonicMs() + keptMs });
    return issues;
  };
}

async function ask(
  { client, settings }: Seller,
  asin: string,
  condition: string | null,
): Promise<readonly Issue[]> {
  const query = {
    asin,
    sellerId: settings.sellerId,
    conditionType: condition ?? undefined,
    reasonLocale: languageTagOf(settings),
  };
  try {
    const { body } = await client.call('getListingsRestrictions', { query });
    return restrictionIssues(body, settings.marketplaceId);
  } catch (error) {
    if (error instanceof ChannelError && error.kind === 'refused') return [refusalIssue(error)];
    throw error;
  }
}

/** The reasons of one store as issues of the listing; a restriction without a reason counts, a list that is missing is a failed read. */
export function restrictionIssues(
  body: Said<RestrictionsRestrictionList>,
  marketplaceId: string,
): readonly Issue[] {
  const restrictions: unknown = body.restrictions;
  if (!Array.isArray(restrictions)) throw unreadable();
  return (restrictions as readonly JsonObject[])
    .filter((restriction) => isJsonObject(restriction) && restriction.marketplaceId === marketplaceId)
    .flatMap(({ reasons }) => {
      const told = isJsonArray(reasons) ? reasons.filter(isJsonObject) : [];
      return (told.length === 0 ? [{}] : told).map(reasonIssue);
    });
}

const ADVICE: Readonly<Record<string, string>> = {
  APPROVAL_REQUIRED:
    'Ask for approval at the link, or exclude the product from this channel. Once you have it, the listing goes by itself within a day.',
  NOT_ELIGIBLE: 'Amazon offers no approval for it: exclude the product from this channel.',
  ASIN_NOT_FOUND: 'Correct the ASIN, or find it with `omnifeed match`.',
};

function reasonIssue({ reasonCode, message, links }: JsonObject): Issue {
  const code = typeof reasonCode === 'string' ? reasonCode : '';
  const link = isJsonArray(links) ? links.filter(isJsonObject)[0]?.resource : undefined;
  return {
    severity: 'error',
    code: Object.hasOwn(ADVICE, code) ? code.toLowerCase() : 'restricted',
    attribute: 'merchant_suggested_asin',
    origin: 'channel',
    message: typeof message === 'string' ? message : 'Amazon does not let this seller list the item.',
    advice: ADVICE[code] ?? 'See the item in Seller Central under “Add a product”.',
    ...(typeof link === 'string' ? { link } : {}),
  };
}

function unreadable(): ChannelError {
  return new ChannelError('getListingsRestrictions answered without restrictions', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not complete. The read is repeated by itself.',
  });
}
