import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';

type Measure = Pick<Issue, 'severity' | 'code' | 'message' | 'advice'>;

const MEND = 'Mend what Amazon names beside this; the measure ends by itself once Amazon has looked again.';

/** What Amazon does to listings with issues. Source: model listingsItems_2021-08-01, IssueEnforcementAction; verified 2026-11. */
const MEASURES: Readonly<Record<string, Measure>> = {
  LISTING_SUPPRESSED: {
    severity: 'error',
    code: 'listing_suppressed',
    message: 'Amazon has suppressed the listing: shoppers cannot buy it.',
    advice: MEND,
  },
  CATALOG_ITEM_REMOVED: {
    severity: 'error',
    code: 'catalog_item_removed',
    message: 'Amazon has taken the item out of its catalog, and every offer of it.',
    advice: 'Appeal under Account Health in Seller Central, or exclude the product from this channel.',
  },
  SEARCH_SUPPRESSED: {
    severity: 'warning',
    code: 'search_suppressed',
    message: 'Amazon shows the listing in no search; only who has its address finds it.',
    advice: MEND,
  },
  ATTRIBUTE_SUPPRESSED: {
    severity: 'warning',
    code: 'attribute_suppressed',
    message: 'Amazon does not show a value of the listing.',
    advice: MEND,
  },
};

/** A measure as an issue of the listing; one we do not know yet limits it, as far as we know. */
export function measureOf(action: string): Issue {
  const known = Object.hasOwn(MEASURES, action) ? MEASURES[action] : undefined;
  const measure: Measure = known ?? {
    severity: 'warning',
    code: 'measure_enforced',
    message: `Amazon enforces a measure on the listing: ${action}.`,
    advice: 'Look at the listing in Seller Central.',
  };
  return { ...measure, origin: 'channel' };
}

/** What Amazon does because of an issue now; nothing while the issue is exempt. */
export function enforcedActions(issue: JsonObject): readonly string[] {
  const enforcements = isJsonObject(issue.enforcements) ? issue.enforcements : {};
  if (exemption(issue) !== null || !isJsonArray(enforcements.actions)) return [];
  return enforcements.actions
    .filter(isJsonObject)
    .flatMap(({ action }) => (typeof action === 'string' ? [action] : []));
}

/** In a sentence, that an issue is noted and not enforced (yet); null: it counts. */
export function exemption(issue: JsonObject): string | null {
  const enforcements = isJsonObject(issue.enforcements) ? issue.enforcements : {};
  const { status, expiryDate } = isJsonObject(enforcements.exemption) ? enforcements.exemption : {};
  if (status === 'EXEMPT') return 'Amazon does not enforce it for this listing.';
  if (status !== 'EXEMPT_UNTIL_EXPIRY_DATE') return null;
  const day = typeof expiryDate === 'string' ? expiryDate.slice(0, 10) : 'a day it does not name';
  return `Amazon does not enforce it until ${day}.`;
}
