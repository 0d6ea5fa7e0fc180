import { textOf } from '../../../src/channel/audit-rule.js';
import { promotionPhrase, promotionWord } from './promotion-words.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { isOtherScript, isShouting, SIGN, saysOf } from './text-signs.js';
import { titleOf } from './values.js';

/** Rules about the title (specification 5.1, pre-flight table 8 and 20). */
export const TITLE_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'title_promotional',
    severity: 'error',
    attribute: 'title',
    about: 'No promotion such as "free shipping" or "20 % off", in English or the language of the channel.',
    complaint: (listing, { channel }) => saysOf('title', promotionPhrase(titleOf(listing), channel.language)),
    advice: 'Keep promotions out of the title; use sale_price or promotion_id.',
  },
  {
    code: 'title_promotion_word',
    severity: 'warning',
    attribute: 'title',
    about: 'No words that mostly advertise, such as "discount".',
    complaint: (listing, { channel }) => saysOf('title', promotionWord(titleOf(listing), channel.language)),
    advice: 'Leave the word out unless it belongs to the name of the product.',
  },
  {
    code: 'title_with_address',
    severity: 'error',
    attribute: 'title',
    about: 'No web address.',
    complaint: (listing) => saysOf('title', SIGN.address(titleOf(listing))),
    advice: 'Keep addresses out of the title.',
  },
  {
    code: 'title_with_phone',
    severity: 'warning',
    attribute: 'title',
    about: 'No telephone number.',
    complaint: (listing) => saysOf('title', SIGN.phone(titleOf(listing))),
    advice: 'Keep telephone numbers out of the title.',
  },
  {
    code: 'title_with_price',
    severity: 'warning',
    attribute: 'title',
    about: 'No price.',
    complaint: (listing) => saysOf('title', SIGN.price(titleOf(listing))),
    advice: 'Prices belong to price and sale_price.',
  },
  {
    code: 'title_shouting',
    severity: 'warning',
    attribute: 'title',
    about: 'No capitals throughout; short abbreviations are fine.',
    complaint: (listing) => (isShouting(titleOf(listing)) ? 'Most of the title is in capitals.' : null),
    advice: 'Use unshout() in the mapping.',
  },
  {
    code: 'title_gimmick',
    severity: 'warning',
    attribute: 'title',
    about: 'No emoji, symbols or repeated punctuation to catch the eye.',
    complaint: (listing) => saysOf('title', SIGN.repeated(titleOf(listing)) ?? SIGN.emoji(titleOf(listing))),
    advice: 'Use printable() or replace() in the mapping.',
  },
  {
    code: 'title_placeholder',
    severity: 'error',
    attribute: 'title',
    about: 'The name of the product.',
    complaint: (listing) => {
      const title = SIGN.placeholder(titleOf(listing));
      return title === null ? null : `"${title}" is no title.`;
    },
    advice: 'Give the product its real name.',
  },
  {
    code: 'title_repeats_brand',
    severity: 'info',
    attribute: 'title',
    about: 'The brand once.',
    complaint: (listing) => {
      const brand = textOf(listing, 'brand')?.toLowerCase();
      const times = brand ? titleOf(listing).toLowerCase().split(brand).length - 1 : 0;
      return times > 1 ? `The title names ${textOf(listing, 'brand')} ${times} times.` : null;
    },
    advice: 'Use headline() in the mapping; it leaves out what is there already.',
  },
  {
    code: 'title_in_other_script',
    severity: 'warning',
    attribute: 'title',
    about: 'The language of the channel and of the landing page.',
    complaint: (listing, { channel }) =>
      isOtherScript(titleOf(listing), channel.language)
        ? `The title is not written in the script of the language "${channel.language}".`
        : null,
    advice: 'Map the texts of this language, or correct the language of the channel.',
  },
  {
    code: 'short_title_length',
    severity: 'info',
    attribute: 'short_title',
    about: '5 to 65 characters.',
    complaint: (listing) => {
      const length = [...(textOf(listing, 'short_title') ?? 'short')].length;
      return length < 5 || length > 65 ? `The short title has ${length} characters.` : null;
    },
    advice: 'Use clip() in the mapping.',
  },
]);
