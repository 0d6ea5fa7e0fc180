import type { JsonObject } from '../../../src/domain/json.js';
import type { CatalogWorld } from './catalog-world.js';
import { countriesOf, currenciesOf } from './market-facts.js';
import { type Finding, review } from './review.js';

/** Products die so long after their last input. */
export const LIFE_MS = 30 * 86_400_000;
const CONTEXTS = ['SHOPPING_ADS', 'FREE_LISTINGS'];

/** What processing looks at besides the input. */
export interface ProcessedEntry {
  readonly key: string;
  readonly dataSource: string;
  readonly changedAt: number;
}

/** What Google makes of an input: the product with its status, everywhere the same. */
export function processed(
  entry: ProcessedEntry,
  input: JsonObject,
  refusal: string | undefined,
  world: CatalogWorld,
): JsonObject {
  const attributes = (input.productAttributes ?? {}) as JsonObject;
  const countries = countriesOf(world.source(entry.dataSource), input.feedLabel, world.country);
  const findings: readonly Finding[] = [
    ...review(attributes, currenciesOf(countries)),
    ...(refusal === undefined
      ? []
      : [
          {
            code: refusal,
            attribute: '',
            severity: 'DISAPPROVED' as const,
            description: `Violation of policy: ${refusal}`,
          },
        ]),
  ];
  const barred = findings.some((finding) => finding.severity === 'DISAPPROVED');
  return {
    name: `accounts/${world.account}/products/${entry.key}`,
    ...input,
    legacyLocal: false,
    dataSource: entry.dataSource,
    productStatus: {
      destinationStatuses: CONTEXTS.map((reportingContext) => ({
        reportingContext,
        ...(barred ? { disapprovedCountries: countries } : { approvedCountries: countries }),
      })),
      itemLevelIssues: findings.flatMap((finding) =>
        CONTEXTS.map((context) => itemIssue(finding, context, countries)),
      ),
      creationDate: new Date(entry.changedAt).toISOString(),
      lastUpdateDate: new Date(entry.changedAt).toISOString(),
      googleExpirationDate: new Date(entry.changedAt + LIFE_MS).toISOString(),
    },
  };
}

function itemIssue(
  finding: Finding,
  reportingContext: string,
  applicableCountries: readonly string[],
): JsonObject {
  return {
    code: finding.code,
    severity: finding.severity,
    resolution: 'merchant_action',
    ...(finding.attribute === '' ? {} : { attribute: finding.attribute }),
    reportingContext,
    description: finding.description,
    detail: 'Update the product',
    documentation: 'https://support.google.com/merchants/answer/6098289',
    applicableCountries,
  };
}

/** Whether a product is shown in at least one place. */
export function isShown(product: JsonObject): boolean {
  const status = product.productStatus as { destinationStatuses?: readonly JsonObject[] } | undefined;
  return status?.destinationStatuses?.some((context) => context.approvedCountries !== undefined) ?? false;
}
