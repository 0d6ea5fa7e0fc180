import { stringify } from 'csv-stringify/sync';
import { pathKey } from '../mapping/functions/category-path.js';
import type { PathAdvice } from './advise.js';

/** What is added to a lookup table, and the whole text with it. */
export interface ExtendedTable {
  readonly text: string;
  /** Lines that count from now on. */
  readonly added: number;
  /** Lines behind a `#` that wait for a person. */
  readonly proposed: number;
}

const HEADING = ['key', 'value', 'name', 'score'];

/**
 * Adds suggestions to the text of a lookup table: what is taken as lines, the best of the others as comments, so that a person
 * only has to take the sign away. Everything that stands there already stays letter by letter. `columns`: those of the
 * table, null for a new one; the first two are the path and the id, columns called `name` and `score` are filled too.
 */
export function extendTable(
  text: string | null,
  columns: readonly string[] | null,
  advice: { readonly paths: readonly PathAdvice[]; readonly edition: string | null },
): ExtendedTable {
  const heading = columns ?? HEADING;
  const open = advice.paths.filter(({ nowKnown, suggestions }) => !nowKnown && suggestions.length > 0);
  const lines = open.map((path) => ({ path, line: lineOf(path, heading) }));
  const taken = lines.filter(({ path }) => path.taken !== null).map(({ line }) => line);
  const waiting = lines.filter(({ path }) => path.taken === null).map(({ line }) => `# ${line}`);
  const start = text ?? `${heading.join(',')}\n`;
  const about = `# Suggested from the taxonomy of ${advice.edition ?? 'an unknown edition'}; lines with this sign wait for a person.\n`;
  const more = [...taken, ...waiting].join('');
  return {
    text: more === '' ? start : `${start.replace(/\n*$/, '\n')}${about}${more}`,
    added: taken.length,
    proposed: waiting.length,
  };
}

function lineOf({ path, suggestions }: PathAdvice, heading: readonly string[]): string {
  const [best] = suggestions;
  const cells = heading.map((column, place) => {
    if (place === 0) return pathKey(path);
    if (place === 1) return best?.category.id ?? '';
    if (column === 'name') return best?.category.path ?? '';
    return column === 'score' ? String(best?.score ?? '') : '';
  });
  // A key that begins with the sign of comments would be taken for one.
  return stringify([cells], { quoted_match: /^#/ });
}
