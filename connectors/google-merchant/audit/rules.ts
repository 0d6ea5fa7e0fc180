import { ADDRESS_RULES } from './address-rules.js';
import { AVAILABILITY_RULES } from './availability-rules.js';
import { DESCRIPTION_RULES } from './description-rules.js';
import { DESTINATION_RULES } from './destination-rules.js';
import { ENERGY_RULES } from './energy-rules.js';
import { IDENTIFIER_RULES } from './identifier-rules.js';
import { NUMBER_RULES } from './number-rules.js';
import { POLICY_RULES } from './policy-rules.js';
import { PRICE_RULES } from './price-rules.js';
import type { GoogleRule } from './rule.js';
import { SHIPPING_RULES } from './shipping-rules.js';
import { TITLE_RULES } from './title-rules.js';
import { UNIT_PRICE_RULES } from './unit-price-rules.js';
import { VARIANT_RULES } from './variant-rules.js';

/** The rules by subject, in the order of the README. */
export const SUBJECTS: readonly { readonly title: string; readonly rules: readonly GoogleRule[] }[] = [
  { title: 'Identifiers', rules: IDENTIFIER_RULES },
  { title: 'Apparel and variants', rules: VARIANT_RULES },
  { title: 'Titles', rules: TITLE_RULES },
  { title: 'Descriptions and other texts', rules: DESCRIPTION_RULES },
  { title: 'Addresses and pictures', rules: ADDRESS_RULES },
  { title: 'Prices', rules: PRICE_RULES },
  { title: 'Prices per unit', rules: UNIT_PRICE_RULES },
  { title: 'Availability', rules: AVAILABILITY_RULES },
  { title: 'Shipping and returns', rules: SHIPPING_RULES },
  { title: 'Energy labels', rules: ENERGY_RULES },
  { title: 'Restricted goods', rules: POLICY_RULES },
  { title: 'Destinations and additions', rules: DESTINATION_RULES },
  { title: 'Numbers of values', rules: NUMBER_RULES },
];

/** Every rule beyond the schema. */
export const AUDIT_RULES: readonly GoogleRule[] = SUBJECTS.flatMap(({ rules }) => rules);
