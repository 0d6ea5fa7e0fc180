import { type AuditRule, textOf } from '../../../src/channel/audit-rule.js';
import { CLAIMS, RESTRICTED_REVIEWED, RESTRICTED_WORDS } from './restricted-words.js';
import { FROM, VERIFIED } from './sources.js';

const PROMOTION =
  /\b(free shipping|hot deal|buy now|best price|\d+ ?% off|% off|clearance|limited offer)\b|[!*?]{2,}/i;
const EMOJI_RUN = /\p{Extended_Pictographic}(?:\uFE0F?\s?\p{Extended_Pictographic}){2,}/u;
const CONTACT = /https?:\/\/|\bwww\.|[\w.+-]+@[\w-]+\.\w{2,}|(?<![\w.])\+\d[\d ()/-]{7,}\d/i;
const MARKUP = /<\/?[a-z][^>]*>|&(?:[a-z]{2,8}|#\d+);/i;
const ANY_RESTRICTED = new RegExp(RESTRICTED_WORDS.map(({ words }) => words.source).join('|'), 'i');
const BEST_LENGTH = 65;

/** Rules about words. */
export const TEXT_RULES: readonly AuditRule[] = [
  {
    code: 'TITLE_LONG',
    severity: 'info',
    attribute: 'title',
    about: 'titles over 65 characters are cut in most places',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const length = [...(textOf(listing, 'title') ?? '')].length;
      return length > BEST_LENGTH
        ? `The title has ${length} characters; after ${BEST_LENGTH} it is cut in most places.`
        : null;
    },
    advice: 'Put what matters first.',
  },
  ...(['title', 'description'] as const).map(
    (attribute): AuditRule => ({
      code: 'PROPERTY_VALUE_UPPERCASE',
      severity: 'warning',
      attribute,
      about: `a ${attribute} in capitals; short words and scripts without capitals do not count`,
      source: FROM.errors,
      verified: VERIFIED,
      complaint: (listing) =>
        isShouting(textOf(listing, attribute) ?? '') ? `The ${attribute} is written in capitals.` : null,
      advice: 'Use unshout(…) in the mapping.',
    }),
  ),
  {
    code: 'DUPLICATE_TITLE_AND_DESCRIPTION',
    severity: 'warning',
    attribute: 'description',
    about: 'a description that repeats the title',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) => {
      const title = textOf(listing, 'title')?.toLowerCase();
      return title !== undefined && title === textOf(listing, 'description')?.toLowerCase()
        ? 'The description repeats the title.'
        : null;
    },
    advice: 'Write a description.',
  },
  {
    code: 'LOW_QUALITY_TITLE_AND_DESCRIPTION',
    severity: 'warning',
    attribute: 'title',
    about: 'promotion words, strings of signs or of emoji in the title',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const title = textOf(listing, 'title') ?? '';
      const found = PROMOTION.exec(title)?.[0] ?? EMOJI_RUN.exec(title)?.[0];
      return found === undefined ? null : `The title contains advertising ("${found}").`;
    },
    advice: 'Name the thing only; use a sale price for offers.',
  },
  {
    code: 'PROPERTY_VALUE_CONTAINS_HTML_TAGS',
    severity: 'error',
    attribute: 'description',
    about: 'HTML tags or entities in the description',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) => {
      const found = MARKUP.exec(textOf(listing, 'description') ?? '')?.[0];
      return found === undefined ? null : `The description contains HTML ("${found.slice(0, 40)}").`;
    },
    advice: 'Use plain(…) in the mapping.',
  },
  {
    code: 'PROPERTY_VALUE_DESCRIPTION_CONTAINS_OFF_PLATFORM_LINK',
    severity: 'warning',
    attribute: 'description',
    about: 'a web address, e-mail address or telephone number in the description',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) =>
      hasContact(textOf(listing, 'description') ?? '')
        ? 'The description contains a web address, an e-mail address or a telephone number.'
        : null,
    advice: 'Take it out.',
  },
  {
    code: 'POLICY_VIOLATION',
    severity: 'warning',
    attribute: 'title',
    about: 'words of goods that the commerce policies restrict',
    source: FROM.policy,
    verified: RESTRICTED_REVIEWED,
    complaint: (listing) => {
      const words = wordsOf(listing);
      // One look at all subjects first: nearly every listing has none.
      const hit = ANY_RESTRICTED.test(words)
        ? RESTRICTED_WORDS.find((entry) => entry.words.test(words))
        : undefined;
      return hit === undefined ? null : `The wording looks like goods that Meta restricts: ${hit.subject}.`;
    },
    advice: 'Check Meta’s commerce policies; exclude the product if they apply.',
  },
  {
    code: 'POLICY_CLAIM',
    severity: 'warning',
    attribute: 'description',
    about: 'claims of cures, before and after, discriminating words',
    source: FROM.policy,
    verified: RESTRICTED_REVIEWED,
    complaint: (listing) => {
      const found = CLAIMS.exec(wordsOf(listing))?.[0];
      return found === undefined ? null : `The wording makes a claim that Meta rejects ("${found}").`;
    },
    advice: 'Rewrite the text without it.',
  },
];

function wordsOf(listing: Parameters<typeof textOf>[0]): string {
  return `${textOf(listing, 'title') ?? ''} ${textOf(listing, 'description') ?? ''}`;
}

/** The signs every contact has are looked for first; most texts have none of them. */
function hasContact(text: string): boolean {
  return /[@+]|www\.|:\/\//i.test(text) && CONTACT.test(text);
}

/** Scripts without capitals and short abbreviations do not count. */
function isShouting(text: string): boolean {
  // A small letter settles it; most texts have one soon.
  if (/[a-zß-öø-ÿ]/.test(text)) return false;
  const letters = text.replace(/[^A-Za-zÀ-ɏ]/g, '');
  return letters.length > 4 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
}
