import { isJsonArray, isJsonObject, type JsonValue } from '../../src/domain/json.js';

/** How much of a budget is used up. */
export interface Usage {
  /** Highest of calls, CPU time and wall time, in percent. */
  readonly percent: number;
  /** Until calls are taken again; 0 when they are. */
  readonly regainMs: number;
}

/**
 * Reads `X-Business-Use-Case-Usage`: business id → list of budgets; waiting time in **minutes** (Marketing API "Rate limiting",
 * verified 2026-11). The worst budget counts, because the names of the catalog budgets are not documented.
 */
export function usageOf(headers: Readonly<Record<string, string>>): Usage | null {
  const text = headers['x-business-use-case-usage'];
  if (text === undefined) return null;
  const budgets = budgetsOf(text);
  if (budgets.length === 0) return null;
  return {
    percent: Math.max(...budgets.map((budget) => budget.percent)),
    regainMs: Math.max(...budgets.map((budget) => budget.regainMs)),
  };
}

function budgetsOf(text: string): readonly Usage[] {
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(text) as JsonValue;
  } catch {
    // A header we cannot read only costs us the early warning; throttling itself is told by the error code.
    return [];
  }
  if (!isJsonObject(parsed)) return [];
  return Object.values(parsed)
    .flatMap((list) => (isJsonArray(list) ? list : []))
    .filter(isJsonObject)
    .map((budget) => ({
      percent: Math.max(
        ...['call_count', 'total_cputime', 'total_time'].map((name) => numberOf(budget[name])),
      ),
      regainMs: numberOf(budget.estimated_time_to_regain_access) * 60_000,
    }));
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
