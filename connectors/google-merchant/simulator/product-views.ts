import type { JsonObject } from '../../../src/domain/json.js';

type Status = Readonly<Record<string, readonly string[] | string>>;

/** A processed product as a row of `product_view`, in the reports' own words. */
export function viewOf(product: JsonObject, strange: boolean): JsonObject {
  const attributes = product.productAttributes as JsonObject;
  const status = product.productStatus as JsonObject;
  const contexts = status.destinationStatuses as readonly Status[];
  const expires = new Date(String(status.googleExpirationDate));
  return {
    id: `online~${String(product.contentLanguage)}~${String(product.feedLabel)}~${String(product.offerId)}`,
    offerId: product.offerId,
    feedLabel: product.feedLabel,
    languageCode: product.contentLanguage,
    title: attributes.title,
    availability: attributes.availability,
    price: attributes.price,
    expirationDate: {
      year: expires.getUTCFullYear(),
      month: expires.getUTCMonth() + 1,
      day: expires.getUTCDate(),
    },
    aggregatedReportingContextStatus: strange ? 'SHOWN_BY_AGENTS' : aggregated(contexts),
    statusPerReportingContext: contexts.map((context) => ({ ...context })),
    itemIssues: itemIssues(status.itemLevelIssues as readonly JsonObject[]),
  } as JsonObject;
}

function aggregated(contexts: readonly Status[]): string {
  const count = (member: string): number =>
    contexts.filter((context) => (context[member]?.length ?? 0) > 0).length;
  if (count('approvedCountries') === contexts.length) return 'ELIGIBLE';
  if (count('approvedCountries') > 0) return 'ELIGIBLE_LIMITED';
  return count('pendingCountries') > 0 ? 'PENDING' : 'NOT_ELIGIBLE_OR_DISAPPROVED';
}

/** Issues of one code and attribute are one entry with a severity per context; those that change nothing are not reported. */
function itemIssues(issues: readonly JsonObject[]): readonly JsonObject[] {
  const byType = new Map<string, JsonObject[]>();
  for (const issue of issues.filter(({ severity }) => severity !== 'NOT_IMPACTED')) {
    const type = `${String(issue.code)} ${String(issue.attribute ?? '')}`;
    byType.set(type, [...(byType.get(type) ?? []), issue]);
  }
  return [...byType.values()].map((same) => {
    const [first = {}] = same;
    return {
      type: {
        code: first.code,
        ...(first.attribute === undefined
          ? {}
          : { canonicalAttribute: `n:${String(first.attribute).replaceAll(' ', '_')}` }),
      },
      severity: {
        aggregatedSeverity: same.some(({ severity }) => severity === 'DISAPPROVED')
          ? 'DISAPPROVED'
          : 'DEMOTED',
        severityPerReportingContext: same.map((issue) => ({
          reportingContext: issue.reportingContext,
          [issue.severity === 'DISAPPROVED' ? 'disapprovedCountries' : 'demotedCountries']:
            issue.applicableCountries,
        })),
      },
      resolution: 'MERCHANT_ACTION',
    } as JsonObject;
  });
}

/** How many products are shown and not, by context and country, with their issues. */
export function aggregateStatuses(products: readonly JsonObject[], account: string): readonly JsonObject[] {
  const groups = new Map<
    string,
    {
      active: number;
      pending: number;
      disapproved: number;
      issues: Map<string, JsonObject & { count: number }>;
    }
  >();
  for (const product of products) {
    const status = product.productStatus as JsonObject;
    for (const context of status.destinationStatuses as readonly Status[]) {
      for (const [member, counter] of MEMBERS) {
        for (const country of (context[member] ?? []) as readonly string[]) {
          const group = groupOf(`${String(context.reportingContext)} ${country}`);
          group[counter] += 1;
        }
      }
    }
    for (const issue of status.itemLevelIssues as readonly JsonObject[]) {
      for (const country of issue.applicableCountries as readonly string[]) {
        const { issues } = groupOf(`${String(issue.reportingContext)} ${country}`);
        const key = `${String(issue.code)} ${String(issue.attribute ?? '')}`;
        const known = issues.get(key);
        if (known) known.count += 1;
        else issues.set(key, { ...issue, count: 1 });
      }
    }
  }
  return [...groups].map(([name, { active, pending, disapproved, issues }]) => {
    const [reportingContext = '', country = ''] = name.split(' ');
    return {
      name: `accounts/${account}/aggregateProductStatuses/${reportingContext}~${country}`,
      reportingContext,
      country,
      stats: {
        activeCount: String(active),
        pendingCount: String(pending),
        disapprovedCount: String(disapproved),
        expiringCount: '0',
      },
      itemLevelIssues: [...issues.values()].map((issue) => ({
        code: issue.code,
        severity: issue.severity,
        resolution: 'MERCHANT_ACTION',
        ...(issue.attribute === undefined ? {} : { attribute: issue.attribute }),
        description: issue.description,
        detail: issue.detail,
        documentationUri: issue.documentation,
        productCount: String(issue.count),
      })),
    } as JsonObject;
  });

  function groupOf(name: string) {
    const known = groups.get(name);
    if (known) return known;
    const made = { active: 0, pending: 0, disapproved: 0, issues: new Map() };
    groups.set(name, made);
    return made;
  }
}

const MEMBERS = [
  ['approvedCountries', 'active'],
  ['pendingCountries', 'pending'],
  ['disapprovedCountries', 'disapproved'],
] as const;
