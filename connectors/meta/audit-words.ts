import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';

/**
 * Words that commonly end in a policy rejection (Meta commerce policies, reviewed 2026-11). A hit only asks a person to look;
 * no list can approve or refuse goods.
 */
const RESTRICTED =
  /\b(cigarettes?|tobacco|vapes?|e-?liquid|vodka|whisk(?:e)?y|firearms?|ammunition|handguns?|cannabis|cbd oil|steroids?|casino chips|event tickets?|gift ?card codes?|prescription)\b/i;
const PROMOTION = /\b(free shipping|hot deal|buy now|best price|% off|clearance)\b|[!*]{2,}/i;
const PLACEHOLDER_BRAND = /^(n\/?a|none|generic|no brand|unbranded|unknown|-)$/i;
const CONTACT = /https?:\/\/|www\.|[\w.+-]+@[\w-]+\.\w{2,}/i;
const MARKUP = /<\/?[a-z][^>]*>|&(?:[a-z]{2,8}|#\d+);/i;

/** Checks of the wording. Only errors stop a listing. */
export function wordRules(listing: JsonObject): readonly Issue[] {
  const title = textOf(listing.title);
  const description = textOf(listing.description);
  const issues: Issue[] = [];
  const find = (when: boolean, issue: Omit<Issue, 'origin'>): void => {
    if (when) issues.push({ ...issue, origin: 'ours' });
  };
  find(title.length > 65, {
    severity: 'info',
    code: 'TITLE_LONG',
    attribute: 'title',
    message: `The title has ${[...title].length} characters; after 65 it is cut in most places.`,
    advice: 'Put what matters first.',
  });
  find(isShouting(title), shouting('title'));
  find(isShouting(description), shouting('description'));
  find(title !== '' && title === description, {
    severity: 'warning',
    code: 'DUPLICATE_TITLE_AND_DESCRIPTION',
    attribute: 'description',
    message: 'The description repeats the title.',
    advice: 'Write a description.',
  });
  find(PROMOTION.test(title), {
    severity: 'warning',
    code: 'LOW_QUALITY_TITLE_AND_DESCRIPTION',
    attribute: 'title',
    message: 'The title contains advertising.',
    advice: 'Name the thing only; use a sale price for offers.',
  });
  find(MARKUP.test(description), {
    severity: 'error',
    code: 'PROPERTY_VALUE_CONTAINS_HTML_TAGS',
    attribute: 'description',
    message: 'The description contains HTML.',
    advice: 'Use plain(…) in the mapping.',
  });
  find(CONTACT.test(description), {
    severity: 'warning',
    code: 'PROPERTY_VALUE_DESCRIPTION_CONTAINS_OFF_PLATFORM_LINK',
    attribute: 'description',
    message: 'The description contains a web or e-mail address.',
    advice: 'Take it out.',
  });
  find(PLACEHOLDER_BRAND.test(textOf(listing.brand)), {
    severity: 'warning',
    code: 'PLACEHOLDER_BRAND',
    attribute: 'brand',
    message: 'The brand is a placeholder.',
    advice: 'Use the real brand, or your own.',
  });
  find(RESTRICTED.test(`${title} ${description}`), {
    severity: 'warning',
    code: 'POLICY_VIOLATION',
    attribute: 'title',
    message: 'The wording looks like goods that Meta restricts.',
    advice: 'Check Meta’s commerce policies; exclude the product if they apply.',
  });
  return issues;
}

function shouting(attribute: string): Omit<Issue, 'origin'> {
  return {
    severity: 'warning',
    code: 'PROPERTY_VALUE_UPPERCASE',
    attribute,
    message: `The ${attribute} is written in capitals.`,
    advice: 'Use unshout(…) in the mapping.',
  };
}

/** Scripts without capitals and short abbreviations do not count. */
function isShouting(text: string): boolean {
  const letters = text.replace(/[^A-Za-zÀ-ɏ]/g, '');
  return letters.length > 4 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
}

function textOf(value: JsonObject[string]): string {
  return typeof value === 'string' ? value : '';
}
