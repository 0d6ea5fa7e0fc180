import type { AuditContext } from '../../../src/channel/audit-context.js';
import type { Inspection, Sight, SightFacts } from '../../../src/channel/inspection.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { readUrl } from '../../../src/domain/web-address.js';
import { IMAGE_RULES, PAGE_RULES, type SightView } from './sight-rules.js';
import { textsOf } from './values.js';

/** Pictures and landing page of a Google listing. Only looked at when the operator wants it; findings never stop a listing. */
export const INSPECTION: Inspection = { sights: sightsOf, judge };

function sightsOf(listing: JsonObject): readonly Sight[] {
  const images = new Set([...textsOf(listing, 'image_link'), ...textsOf(listing, 'additional_image_link')]);
  const pages = new Set(textsOf(listing, 'link'));
  return [
    ...[...images].map((url): Sight => ({ kind: 'image', url })),
    ...[...pages].map((url): Sight => ({ kind: 'page', url })),
  ].filter(({ url }) => readUrl(url) !== null && /^https?:$/.test(new URL(url).protocol));
}

function judge(
  listing: JsonObject,
  seen: ReadonlyMap<string, SightFacts>,
  context: AuditContext,
): readonly Issue[] {
  return sightsOf(listing).flatMap(({ url }) => {
    const facts = seen.get(url);
    return facts === undefined ? [] : complaintsOf(facts, { url, listing, context });
  });
}

function complaintsOf(facts: SightFacts, view: SightView): readonly Issue[] {
  const found =
    facts.kind === 'image'
      ? IMAGE_RULES.map((rule) => ({ rule, message: rule.complaint(facts, view) }))
      : PAGE_RULES.map((rule) => ({ rule, message: rule.complaint(facts, view) }));
  return found.flatMap(({ rule, message }): readonly Issue[] => {
    if (message === null) return [];
    const { code, attribute, advice, link } = rule;
    return [{ severity: 'warning', code, attribute, origin: 'ours', message, advice, link }];
  });
}
