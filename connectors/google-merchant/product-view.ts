import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { objectsIn } from './page-walk.js';

/** The offer id of a row: its own column, else the last part of `en~US~sku` or `online~en~US~sku`. */
export function offerIdOfView(view: JsonObject): string | null {
  if (typeof view.offerId === 'string') return view.offerId;
  if (typeof view.id !== 'string') return null;
  const parts = view.id.split('~');
  const skip = ['online', 'local'].includes(parts[0] ?? '') ? 3 : 2;
  return parts.length > skip ? parts.slice(skip).join('~') : null;
}

/** A `productView` row in the form of a processed product's status, which says the same in other words (reports v1, verified 2026-11-24). */
export function statusOfView(view: JsonObject): JsonObject {
  return {
    productStatus: {
      destinationStatuses: objectsIn(view, 'statusPerReportingContext'),
      itemLevelIssues: objectsIn(view, 'itemIssues').flatMap(itemIssues),
    },
  };
}

function itemIssues(issue: JsonObject): readonly JsonObject[] {
  const type = isJsonObject(issue.type) ? issue.type : {};
  const severity = isJsonObject(issue.severity) ? issue.severity : {};
  const attribute = attributeIn(type.canonicalAttribute);
  const common = {
    ...(type.code === undefined ? {} : { code: type.code }),
    ...(attribute === null ? {} : { attribute }),
    ...(issue.resolution === undefined ? {} : { resolution: issue.resolution }),
  };
  const places = objectsIn(severity, 'severityPerReportingContext');
  if (places.length === 0) return [{ ...common, severity: severity.aggregatedSeverity }];
  return places.flatMap((place) =>
    (['disapproved', 'demoted'] as const)
      .filter((level) => place[`${level}Countries`] !== undefined)
      .map((level) => ({
        ...common,
        severity: level.toUpperCase(),
        reportingContext: place.reportingContext,
        applicableCountries: place[`${level}Countries`],
      })),
  );
}

/** `n:gtin` and `gtin` are met for the same attribute. */
function attributeIn(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.replace(/^n:/, '') : null;
}
