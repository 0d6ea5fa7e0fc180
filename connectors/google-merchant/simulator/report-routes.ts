import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { invalid } from './google-error.js';
import { aggregateStatuses, viewOf } from './product-views.js';
import { type Condition, readQuery } from './query.js';
import { bodyOf, onlyMembers, pageOf } from './request-body.js';
import type { Route } from './route.js';

/** Columns of `product_view` the simulator has (reports v1, verified 2026-11-24). */
const COLUMNS: Readonly<Record<string, string>> = {
  id: 'id',
  offer_id: 'offerId',
  feed_label: 'feedLabel',
  language_code: 'languageCode',
  title: 'title',
  availability: 'availability',
  price: 'price',
  expiration_date: 'expirationDate',
  aggregated_reporting_context_status: 'aggregatedReportingContextStatus',
  status_per_reporting_context: 'statusPerReportingContext',
  item_issues: 'itemIssues',
};
/** Lists can be selected and not compared. */
const NOT_COMPARED = new Set(['status_per_reporting_context', 'item_issues', 'price', 'expiration_date']);

/** The reports and issueresolution sub-APIs: the processed products seen from the side of their status. */
export const REPORT_ROUTES: readonly Route[] = [
  {
    call: 'reports.reports.search',
    http: 'POST /reports/v1/accounts/{a}/reports:search',
    answer(request, { catalog, strange }) {
      const body = bodyOf(request);
      onlyMembers(body, ['query', 'pageSize', 'pageToken'], 'search_request');
      const query = readQuery(String(body.query ?? ''));
      if (query.view !== 'product_view') throw invalid('query', `The view ${query.view} does not exist.`);
      for (const field of query.fields) column(field);
      if (!query.fields.includes('id')) throw invalid('query', 'id must be selected from product_view.');
      for (const { field } of query.conditions)
        if (NOT_COMPARED.has(field)) throw invalid('query', `The field ${field} cannot be compared.`);
      const rows = catalog
        .list(keysIn(query.conditions))
        .map((product) => viewOf(product, strange))
        .filter((view) => query.conditions.every((condition) => holds(view, condition)))
        .slice(0, query.limit ?? undefined);
      return pageOf(
        'results',
        rows.map((view) => ({ productView: selected(view, query.fields) })),
        { size: numberText(body.pageSize), token: numberText(body.pageToken), most: 100_000 },
      );
    },
  },
  {
    call: 'issueresolution.aggregateProductStatuses.list',
    http: 'GET /issueresolution/v1/accounts/{a}/aggregateProductStatuses',
    answer: ({ query }, { catalog, account }) =>
      pageOf('aggregateProductStatuses', aggregateStatuses(catalog.list(), account), {
        size: query.get('pageSize'),
        token: query.get('pageToken'),
        most: 250,
      }),
  },
];

/** Names of the products a query asks for by market and offer; undefined: it asks for others as well. */
function keysIn(conditions: readonly Condition[]): readonly string[] | undefined {
  const valuesOf = (field: string): readonly string[] | undefined =>
    conditions.find(({ field: name, operator }) => name === field && (operator === '=' || operator === 'IN'))
      ?.values;
  const [language] = valuesOf('language_code') ?? [];
  const [label] = valuesOf('feed_label') ?? [];
  const offers = valuesOf('offer_id');
  if (language === undefined || label === undefined) return undefined;
  return offers?.map((offer) => `${language}~${label}~${offer}`).sort();
}

function column(field: string): string {
  const name = COLUMNS[field];
  if (name === undefined) throw invalid('query', `The field ${field} does not exist in product_view.`);
  return name;
}

function holds(view: JsonObject, { field, operator, values }: Condition): boolean {
  const among = values.includes(String(view[column(field)]));
  return operator === '=' || operator === 'IN' ? among : !among;
}

function selected(view: JsonObject, fields: readonly string[]): JsonObject {
  const row: Record<string, JsonValue | undefined> = {};
  for (const field of fields) row[column(field)] = view[column(field)];
  return row as JsonObject;
}

function numberText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
