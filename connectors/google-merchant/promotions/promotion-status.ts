import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { PromotionStatus } from '../../../src/domain/promotion.js';
import { objectsIn } from '../page-walk.js';

/**
 * What Google made of a promotion, over all destinations. States this version does not know count as under review: they
 * may be added at any time (promotions v1, verified 2026-11-23).
 */
export function promotionStatus(promotion: JsonObject): PromotionStatus {
  const told = typeof promotion.promotionStatus === 'object' ? (promotion.promotionStatus as JsonObject) : {};
  const states = objectsIn(told, 'destinationStatuses').map(({ status }) => String(status));
  const all = (...wanted: readonly string[]): boolean =>
    states.length > 0 && states.every((state) => wanted.includes(state));
  return {
    id: String(promotion.promotionId),
    state: all('LIVE')
      ? 'live'
      : states.includes('LIVE')
        ? 'limited'
        : all('EXPIRED', 'STOPPED')
          ? 'ended'
          : states.includes('REJECTED')
            ? 'rejected'
            : 'pending',
    issues: objectsIn(told, 'itemLevelIssues').map(issueOf),
  };
}

function issueOf(issue: JsonObject): Issue {
  const said = [issue.description, issue.detail].filter((text) => typeof text === 'string');
  return {
    severity: issue.severity === 'DISAPPROVED' ? 'error' : issue.severity === 'DEMOTED' ? 'warning' : 'info',
    code: typeof issue.code === 'string' ? issue.code : 'promotion_issue',
    ...(typeof issue.attribute === 'string' ? { attribute: issue.attribute } : {}),
    origin: 'channel',
    message: said[0] ?? 'Google reports an issue with the promotion.',
    ...(said[1] === undefined ? {} : { advice: said[1] }),
    ...(typeof issue.documentation === 'string' ? { link: issue.documentation } : {}),
  };
}
