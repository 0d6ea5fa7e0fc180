import type { Issue } from '../../src/domain/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { objectsIn } from './page-walk.js';

const NAMED_ISSUES = 3;

/**
 * One issue per place of the country where products are disapproved, with the commonest reasons (issueresolution v1,
 * aggregateProductStatuses, verified 2026-11-24). One call tells it for the whole account.
 */
export function disapprovalIssues(statuses: readonly JsonObject[], country: string): readonly Issue[] {
  return statuses
    .filter((status) => status.country === country)
    .flatMap((status) => {
      const stats = isJsonObject(status.stats) ? status.stats : {};
      const disapproved = countOf(stats.disapprovedCount);
      const all = disapproved + countOf(stats.activeCount) + countOf(stats.pendingCount);
      if (disapproved === 0) return [];
      const reasons = commonest(objectsIn(status, 'itemLevelIssues'));
      return [
        {
          severity: 'warning' as const,
          code: 'products_disapproved',
          attribute: String(status.reportingContext ?? 'everywhere'),
          origin: 'channel' as const,
          message: `${disapproved} of ${all} products are disapproved in ${String(status.reportingContext ?? 'one place')}${reasons}`,
          advice: 'See `omnifeed status` and `omnifeed explain` for the products and what to correct.',
        },
      ];
    });
}

/** `: Invalid image (12), Missing value [price] (3)`; empty where Google names no reason. */
function commonest(issues: readonly JsonObject[]): string {
  const named = issues
    .filter(({ severity }) => severity === 'DISAPPROVED')
    .map((issue) => ({
      text: String(issue.description ?? issue.code ?? 'unnamed'),
      count: countOf(issue.productCount),
    }))
    .sort((a, b) => b.count - a.count)
    .slice(0, NAMED_ISSUES)
    .map(({ text, count }) => `${text} (${count})`);
  return named.length === 0 ? '' : `: ${named.join(', ')}`;
}

function countOf(value: JsonValue | undefined): number {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : 0;
}
