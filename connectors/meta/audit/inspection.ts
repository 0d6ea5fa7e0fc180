import type { AuditContext } from '../../../src/channel/audit-context.js';
import type { Inspection, Sight, SightFacts } from '../../../src/channel/inspection.js';
import type { Issue } from '../../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { IMAGE_RULES, PAGE_RULES, type SightRule } from './sight-rules.js';

/** Looks at the main picture and the page of an item, when the operator wants it. */
export const INSPECTION: Inspection = {
  sights(attributes) {
    const [picture, page] = addressesOf(attributes);
    return [
      ...(picture === null ? [] : [{ kind: 'image', url: picture } satisfies Sight]),
      ...(page === null ? [] : [{ kind: 'page', url: page } satisfies Sight]),
    ];
  },
  judge(attributes, seen, context) {
    const [picture, page] = addressesOf(attributes);
    return [
      ...found(IMAGE_RULES, 'image_link', { facts: factsAt(seen, picture, 'image'), attributes, context }),
      ...found(PAGE_RULES, 'link', { facts: factsAt(seen, page, 'page'), attributes, context }),
    ];
  },
};

/** The main picture (`image` wins over `image_link`) and the page. */
function addressesOf({
  image,
  image_link: imageLink,
  link,
}: JsonObject): readonly [string | null, string | null] {
  const first = isJsonArray(image) && isJsonObject(image[0]) ? image[0].url : imageLink;
  return [typeof first === 'string' ? first : null, typeof link === 'string' ? link : null];
}

function factsAt<Kind extends SightFacts['kind']>(
  seen: ReadonlyMap<string, SightFacts>,
  url: string | null,
  kind: Kind,
): Extract<SightFacts, { kind: Kind }> | null {
  const facts = url === null ? undefined : seen.get(url);
  return facts?.kind === kind ? (facts as Extract<SightFacts, { kind: Kind }>) : null;
}

interface Looked<Facts> {
  readonly facts: Facts | null;
  readonly attributes: JsonObject;
  readonly context: AuditContext;
}

function found<Facts>(
  rules: readonly SightRule<Facts>[],
  attribute: string,
  { facts, attributes, context }: Looked<Facts>,
): readonly Issue[] {
  if (facts === null) return [];
  return rules.flatMap(({ code, advice, complaint }): readonly Issue[] => {
    const message = complaint(facts, attributes, context.sku);
    return message === null
      ? []
      : [{ severity: 'warning', code, attribute, origin: 'ours', message, advice }];
  });
}
