import { objectsOf, textOf } from '../../../src/channel/audit-rule.js';
import { ENERGY_LABELLED } from './categories.js';
import { type GoogleRule, rulesOf } from './rule.js';
import { has } from './values.js';

const EUROPEAN_UNION = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
/** Where the classes of the old attribute are still read. */
const CLASS_MARKETS = ['NO', 'CH', 'GB'];
const CLASSES = ['energy_efficiency_class', 'min_energy_efficiency_class', 'max_energy_efficiency_class'];
const LABELLED = new Set(ENERGY_LABELLED.flatMap(({ id, path }) => [id, path]));

/** Rules about energy labels (specification 0 and 5.3; announced 2025-04-08). */
export const ENERGY_RULES: readonly GoogleRule[] = rulesOf({ evidence: 'official', verified: '2026-11-23' }, [
  {
    code: 'energy_class_superseded',
    severity: 'warning',
    attribute: 'energy_efficiency_class',
    about: `certification in the European Union; the classes are read in ${CLASS_MARKETS.join(', ')}.`,
    complaint: (listing, { channel }) =>
      EUROPEAN_UNION.has(channel.country) && CLASSES.some((name) => has(listing, name))
        ? `${channel.country} no longer reads energy_efficiency_class.`
        : null,
    advice: 'Map certification with EC, EPREL and the number of the product in the EPREL register.',
  },
  {
    code: 'energy_range_incomplete',
    severity: 'warning',
    attribute: 'min_energy_efficiency_class',
    about: 'The class of the product together with the ends of its scale.',
    complaint: (listing, { channel }) => {
      const given = CLASSES.filter((name) => has(listing, name));
      return CLASS_MARKETS.includes(channel.country) && given.length > 0 && given.length < CLASSES.length
        ? `Only ${given.join(', ')} of three classes.`
        : null;
    },
    advice: 'Map energy_efficiency_class, min_energy_efficiency_class and max_energy_efficiency_class.',
  },
  {
    code: 'energy_label_missing',
    severity: 'warning',
    attribute: 'certification',
    about: 'An EPREL number for appliances and lamps with an energy label in the European Union.',
    complaint: (listing, { channel }) => {
      const category = textOf(listing, 'google_product_category');
      return category !== null &&
        EUROPEAN_UNION.has(channel.country) &&
        LABELLED.has(category) &&
        !objectsOf(listing, 'certification').some(isEprel)
        ? `Goods of category ${category} carry an energy label in ${channel.country}.`
        : null;
    },
    advice: 'Map certification with EC, EPREL and the number of the product in the EPREL register.',
  },
  {
    code: 'eprel_code_unfit',
    severity: 'warning',
    attribute: 'certification',
    about: 'The number of the EPREL register, digits only, with authority EC.',
    evidence: 'help-page',
    complaint: (listing) => {
      const bad = objectsOf(listing, 'certification').find(
        (one) =>
          isEprel(one) &&
          (one.certification_authority !== 'ec' || !/^\d+$/.test(String(one.certification_code ?? ''))),
      );
      return bad === undefined
        ? null
        : `"${String(bad.certification_code ?? '')}" is no number of the EPREL register.`;
    },
    advice: 'Look the product up in the EPREL register and map its number.',
  },
]);

function isEprel(certification: { readonly certification_name?: unknown }): boolean {
  return certification.certification_name === 'eprel';
}
