import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** The two hourly budgets of a catalog: the batch calls, and everything else. */
export type LaneName = 'batch' | 'management';

/** How much of a budget is used up. */
export interface Usage {
  /** Highest of calls, CPU time and wall time, in percent. */
  readonly percent: number;
  /** Until calls are taken again; 0 when they are. */
  readonly regainMs: number;
}

const NAMED: Readonly<Record<string, LaneName>> = {
  catalog_batch: 'batch',
  catalog_management: 'management',
};

/**
 * What an answer tells of the budgets, by lane. `X-Business-Use-Case-Usage`: business object → list of budgets, waiting time in
 * **minutes**; `X-App-Usage`: one budget of the whole app, which counts for both lanes (Marketing API "Rate limiting", verified
 * 2026-11). The names of the catalog budgets are not documented: an unknown name is taken for the budget of the call that was made.
 */
export function usageOf(
  headers: Readonly<Record<string, string>>,
  call: { readonly lane: LaneName; readonly catalogId: string },
): ReadonlyMap<LaneName, Usage> {
  const usage = new Map<LaneName, Usage>();
  const note = (lane: LaneName, budget: JsonObject): void => {
    const before = usage.get(lane);
    const now = budgetOf(budget);
    usage.set(lane, {
      percent: Math.max(before?.percent ?? 0, now.percent),
      regainMs: Math.max(before?.regainMs ?? 0, now.regainMs),
    });
  };
  for (const budget of budgetsOf(headers['x-business-use-case-usage'], call.catalogId))
    note(NAMED[String(budget.type)] ?? call.lane, budget);
  const app = parsed(headers['x-app-usage']);
  if (app !== null) for (const lane of ['batch', 'management'] as const) note(lane, app);
  return usage;
}

/** The catalog's own entry where there is one; otherwise every entry, since the business may be named instead. */
function budgetsOf(text: string | undefined, catalogId: string): readonly JsonObject[] {
  const all = parsed(text);
  if (all === null) return [];
  const own = all[catalogId];
  const lists = own === undefined ? Object.values(all) : [own];
  return lists.flatMap((list) => (isJsonArray(list) ? list : [])).filter(isJsonObject);
}

/** A header we cannot read only costs us the early warning; throttling itself is told by the error code. */
function parsed(text: string | undefined): JsonObject | null {
  if (text === undefined) return null;
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function budgetOf(budget: JsonObject): Usage {
  return {
    percent: Math.max(...['call_count', 'total_cputime', 'total_time'].map((name) => numberOf(budget[name]))),
    regainMs: numberOf(budget.estimated_time_to_regain_access) * 60_000,
  };
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
