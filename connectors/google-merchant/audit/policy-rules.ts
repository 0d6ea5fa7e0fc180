import { textOf } from '../../../src/channel/audit-rule.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { isIn } from './categories.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { titleOf } from './values.js';

const POLICIES = 'https://support.google.com/merchants/answer/6149970';

/** Goods by which accounts get suspended; a word in the title is a reason to look, never to refuse. */
const RESTRICTED: readonly {
  readonly code: string;
  readonly what: string;
  readonly words: RegExp;
}[] = [
  {
    code: 'restricted_counterfeit',
    what: 'copies of brands',
    words: /\b(replica|1:1 (copy|quality)|inspired by [A-Z]\w+|knock-?off|dupe|aaa quality|fake)\b/,
  },
  {
    code: 'restricted_weapon',
    what: 'weapons',
    words:
      /\b(ammunition|firearm|silencer|suppressor kit|switchblade|brass knuckles|stun gun|pepper spray|crossbow bolts)\b/i,
  },
  {
    code: 'restricted_tobacco',
    what: 'tobacco and what replaces it',
    words:
      /\b(cigarettes?|e-?cig(arette)?s?|vapes?|vape juice|e-?liquid|snus|nicotine|rolling tobacco|e-?zigaretten?)\b/i,
  },
  {
    code: 'restricted_drug',
    what: 'drugs and what goes with them',
    words: /\b(cbd|thc|cannabis|kratom|delta[- ]?8|psilocybin|bong)\b/i,
  },
  {
    code: 'restricted_medicine',
    what: 'prescription medicine',
    words:
      /\b(viagra|sildenafil|tadalafil|semaglutide|ozempic|xanax|tramadol|antibiotics?|verschreibungspflichtig)\b/i,
  },
  {
    code: 'restricted_ticket',
    what: 'event tickets',
    words: /\b(concert|event|festival|football|season) tickets?\b/i,
  },
  {
    code: 'restricted_animal',
    what: 'live animals and protected species',
    words: /\b(live (puppy|puppies|kittens?|reptiles?|snakes?|birds?)|ivory|tortoiseshell|rhino horn)\b/i,
  },
  {
    code: 'restricted_currency',
    what: 'currency and the like',
    words: /\b(bank ?notes? for sale|prepaid card|gift card balance|crypto wallet with balance)\b/i,
  },
  {
    code: 'restricted_explosive',
    what: 'dangerous goods',
    words: /\b(fireworks?|firecrackers?|explosives?|black powder)\b/i,
  },
];

/** Rules about what Google does not want to be sold or wants to be told (pre-flight table 19; specification 5.3 and 5.8). */
export const POLICY_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  ...RESTRICTED.map(({ code, what, words }) => ({
    code,
    severity: 'warning' as const,
    attribute: 'title',
    about: `No ${what}; a word of the title is a reason to look.`,
    link: POLICIES,
    complaint: (listing: JsonObject) => {
      const [found] = words.exec(titleOf(listing)) ?? [];
      return found === undefined ? null : `"${found}" may mean ${what}, which can cost the account.`;
    },
    advice: 'Look at the product; exclude it from the channel if it is meant.',
  })),
  {
    code: 'restricted_category',
    severity: 'warning',
    attribute: 'google_product_category',
    about: 'No goods of the categories Tobacco Products and Weapons.',
    link: POLICIES,
    complaint: (listing) => {
      const category = textOf(listing, 'google_product_category');
      return isIn(category, 'tobacco') || isIn(category, 'weapons')
        ? `Goods of category ${category} are mostly forbidden.`
        : null;
    },
    advice: 'Exclude the product from the channel, or correct its category.',
  },
  {
    code: 'adult_undeclared',
    severity: 'error',
    attribute: 'adult',
    about: 'adult "yes" for goods of the category Mature.',
    complaint: (listing) => {
      const category = textOf(listing, 'google_product_category');
      return isIn(category, 'mature') && !isIn(category, 'weapons') && listing.adult !== 'yes'
        ? `Goods of category ${category} are for adults, and adult is not "yes".`
        : null;
    },
    advice: 'Map adult to "yes"; an undeclared product is a strike against the account.',
  },
]);
