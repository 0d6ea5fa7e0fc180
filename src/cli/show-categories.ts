import type { PathAdvice } from '../categories/advise.js';
import type { EditionChange } from '../categories/editions.js';
import type { CategoryMapping } from '../workbench/category-report.js';
import { table } from './table.js';

/** What `omnifeed categories` found out. */
export interface CategoryReport extends CategoryMapping {
  readonly channel: string;
  readonly change: EditionChange | null;
  readonly written: { readonly file: string; readonly added: number; readonly proposed: number } | null;
}

/** Lines of a list that people read; the rest is counted and stands in `--json`. */
const SHOWN = 40;

/** The report as text for a terminal. */
export function showCategories(report: CategoryReport): string {
  const { taxonomy, coverage, written } = report;
  return [
    `Taxonomy of ${taxonomy.edition ?? 'an unknown edition'}, ${taxonomy.categories} categories; table ${report.table}`,
    report.paths.length === 0 ? 'The catalog has no categories of its own.' : pathsText(report.paths),
    `Products with a category: ${coverage.now} of ${coverage.products} now, ${coverage.afterwards} with what is taken` +
      (coverage.withoutPath === 0 ? '' : `; ${coverage.withoutPath} have neither category nor type`),
    ...unknownText(report),
    ...(report.change === null ? [] : [changeText(report.change)]),
    ...(written === null
      ? []
      : [`${written.file}: ${written.added} lines added, ${written.proposed} proposed behind "#"`]),
  ].join('\n');
}

function pathsText(paths: readonly PathAdvice[]): string {
  const rows = paths.slice(0, SHOWN).map((path) => [path.path, path.products, stateOf(path), bestOf(path)]);
  return `${table(['yours', 'products', 'state', 'category'], rows)}${further(paths.length)}`;
}

function stateOf({ nowKnown, taken, suggestions }: PathAdvice): string {
  if (nowKnown) return 'in the table';
  if (taken !== null) return 'taken';
  return suggestions.length > 0 ? 'look at' : 'unknown';
}

function bestOf({ now, nowKnown, suggestions }: PathAdvice): string {
  if (nowKnown && now !== null) return `${now.id} by "${now.key}"`;
  return suggestions.map(({ category, score }) => `${score} ${category.id} ${category.path}`)[0] ?? '';
}

function unknownText({ unknownIds, table: name }: CategoryReport): readonly string[] {
  if (unknownIds.length === 0) return [];
  const shown = unknownIds.slice(0, SHOWN).map(({ key, id }) => `  ${id} (${key})`);
  return [
    `Ids of ${name} that this edition does not have:\n${shown.join('\n')}${further(unknownIds.length)}`,
  ];
}

function changeText({ gone, added, renamed }: EditionChange): string {
  const lines = [
    ...gone.map(({ id, path }) => `  gone     ${id} ${path}`),
    ...renamed.map(({ id, before, after }) => `  renamed  ${id} ${before} → ${after}`),
    ...added.map(({ id, path }) => `  added    ${id} ${path}`),
  ];
  const counts = `${gone.length} gone, ${renamed.length} renamed or moved, ${added.length} added`;
  return (
    [`Since the earlier edition: ${counts}`, ...lines.slice(0, SHOWN)].join('\n') + further(lines.length)
  );
}

function further(count: number): string {
  return count > SHOWN ? `\n  … and ${count - SHOWN} more (--json shows all)` : '';
}
