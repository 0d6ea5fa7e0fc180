import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { textsOf } from './values.js';

const CUSTOM_BYTES = 102_400;

/** Rules about where a product is shown and what is attached to it (specification 2.9, 5.5 and 5.8). */
export const DESTINATION_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'destinations_contradict',
    severity: 'error',
    attribute: 'excluded_destination',
    about: 'No destination in both lists.',
    complaint: (listing) => {
      const excluded = textsOf(listing, 'excluded_destination');
      const both = textsOf(listing, 'included_destination').filter((place) => excluded.includes(place));
      return both.length === 0 ? null : `${both.join(', ')} is both included and excluded.`;
    },
    advice: 'Keep each destination in one of the two lists.',
  },
  {
    code: 'excluded_in_own_country',
    severity: 'warning',
    attribute: 'shopping_ads_excluded_country',
    about: 'Other countries than the one of the channel.',
    complaint: (listing, { channel }) =>
      textsOf(listing, 'shopping_ads_excluded_country').includes(channel.country)
        ? `Shopping ads are excluded in ${channel.country}, the country of the channel.`
        : null,
    advice: 'Leave the country out, or use excluded_destination to keep the product out of ads.',
  },
  {
    code: 'promotion_id_unfit',
    severity: 'warning',
    attribute: 'promotion_id',
    about: 'Letters, digits, hyphens and underscores, as in the promotion.',
    evidence: 'long-standing',
    complaint: (listing) => {
      const bad = textsOf(listing, 'promotion_id').find((id) => !/^[A-Za-z0-9_-]{1,50}$/.test(id));
      return bad === undefined ? null : `"${bad}" cannot be the id of a promotion.`;
    },
    advice: 'Use the id of the promotion, not its title.',
  },
  {
    code: 'custom_attributes_too_large',
    severity: 'error',
    attribute: 'custom_attribute',
    about: 'At most 102.4 kB in all.',
    evidence: 'official',
    complaint: (listing) =>
      listing.custom_attribute !== undefined &&
      Buffer.byteLength(JSON.stringify(listing.custom_attribute)) > CUSTOM_BYTES
        ? 'Custom attributes are larger than 102.4 kB in all.'
        : null,
    advice: 'Send fewer of them.',
  },
]);
