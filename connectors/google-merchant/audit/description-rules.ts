import { objectsOf } from '../../../src/channel/audit-rule.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { promotionPhrase } from './promotion-words.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { isShouting, SIGN, saysOf } from './text-signs.js';
import { descriptionOf, textsOf, titleOf } from './values.js';

const SHORTEST_DESCRIPTION = 30;

/** Rules about the description and other texts (specification 5.1 and 5.4, pre-flight table 9). */
export const DESCRIPTION_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'markup_in_text',
    severity: 'warning',
    attribute: 'description',
    about: 'Plain text in title and description.',
    complaint: (listing) =>
      saysOf('text', SIGN.markup(titleOf(listing)) ?? SIGN.markup(descriptionOf(listing))),
    advice: 'Use plain() in the mapping.',
  },
  {
    code: 'description_promotional',
    severity: 'warning',
    attribute: 'description',
    about: 'What the product is, no promotion.',
    complaint: (listing, { channel }) =>
      saysOf('description', promotionPhrase(descriptionOf(listing), channel.language)),
    advice: 'Keep promotions out of the description.',
  },
  {
    code: 'description_with_address',
    severity: 'warning',
    attribute: 'description',
    about: 'No web addresses.',
    complaint: (listing) => saysOf('description', SIGN.address(descriptionOf(listing))),
    advice: 'Keep addresses out of the description; replace() in the mapping removes them.',
  },
  {
    code: 'description_shouting',
    severity: 'warning',
    attribute: 'description',
    about: 'No capitals throughout.',
    complaint: (listing) =>
      isShouting(descriptionOf(listing)) ? 'Most of the description is in capitals.' : null,
    advice: 'Use unshout() in the mapping.',
  },
  {
    code: 'description_short',
    severity: 'info',
    attribute: 'description',
    about: `At least ${SHORTEST_DESCRIPTION} characters.`,
    complaint: (listing) => {
      const length = [...descriptionOf(listing)].length;
      return length > 0 && length < SHORTEST_DESCRIPTION ? `The description has ${length} characters.` : null;
    },
    advice: 'Describe the product in a few sentences.',
  },
  {
    code: 'description_is_title',
    severity: 'info',
    attribute: 'description',
    about: 'More than the title says.',
    complaint: (listing) =>
      titleOf(listing) !== '' && titleOf(listing).trim() === descriptionOf(listing).trim()
        ? 'The description repeats the title.'
        : null,
    advice: 'Describe the product in a few sentences.',
  },
  {
    code: 'single_highlight',
    severity: 'warning',
    attribute: 'product_highlight',
    about: 'Two to 100 highlights, four to six advised.',
    complaint: (listing) =>
      textsOf(listing, 'product_highlight').length === 1
        ? 'There is a single highlight; Google wants two to 100.'
        : null,
    advice: 'Give at least two highlights or none.',
  },
  {
    code: 'highlight_promotional',
    severity: 'warning',
    attribute: 'product_highlight',
    about: 'No promotion and no addresses.',
    complaint: (listing, { channel }) =>
      saysOf('highlights', advertised(textsOf(listing, 'product_highlight'), channel.language)),
    advice: 'Say what the product is and does.',
  },
  {
    code: 'detail_promotional',
    severity: 'warning',
    attribute: 'product_detail',
    about: 'Facts, no promotion.',
    complaint: (listing, { channel }) => saysOf('details', advertised(detailsOf(listing), channel.language)),
    advice: 'Keep promotions out of product details.',
  },
  {
    code: 'questions_too_long',
    severity: 'error',
    attribute: 'question_and_answer',
    about: 'At most 10,000 characters in all questions and answers.',
    evidence: 'official',
    complaint: (listing) => {
      const texts = objectsOf(listing, 'question_and_answer').flatMap(({ question, answer }) => [
        question,
        answer,
      ]);
      const length = texts.reduce<number>((sum, text) => sum + [...String(text ?? '')].length, 0);
      return length > 10_000 ? `Questions and answers have ${length} characters.` : null;
    },
    advice: 'Send fewer or shorter ones.',
  },
]);

function advertised(texts: readonly string[], language: string): string | null {
  for (const text of texts) {
    const piece = promotionPhrase(text, language) ?? SIGN.address(text);
    if (piece !== null) return piece;
  }
  return null;
}

function detailsOf(listing: JsonObject): readonly string[] {
  return objectsOf(listing, 'product_detail').map(({ attribute_value: value }) => String(value ?? ''));
}
