import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FaultRow } from './fault-row.js';

/** When a row's test was last seen failing without its guard, and at which commit. */
export interface Seen {
  /** UTC, to the minute. */
  readonly at: string;
  readonly commit: string;
}

/** Row number → when it was last seen red. */
export type LastSeen = Readonly<Record<string, Seen>>;

/** Where `npm run faults` keeps what it saw. */
export const SEEN_FILE = path.join(import.meta.dirname, 'last-seen-red.json');

/** What was seen so far. */
export function lastSeen(): LastSeen {
  return JSON.parse(readFileSync(SEEN_FILE, 'utf8')) as LastSeen;
}

const HEAD = `# Fault matrix

What may go wrong, what keeps it from doing harm, and the test that notices when that is gone. \`npm run faults\` takes the guards away one by one
in a copy of the tree, runs the named test and expects it to fail; \`npm run faults -- --row 12\` does so for one row. This page is written by it.

| Row | Fault | Guard | Test | Guard removed in | Last seen red |
| --- | --- | --- | --- | --- | --- |
`;

/** The page of the matrix, \`docs/fault-matrix.md\`. */
export function matrixPage(rows: readonly FaultRow[], seen: LastSeen): string {
  const lines = rows.map((row) => {
    const red = seen[row.row];
    const more = row.also === undefined ? '' : ` Also: ${row.also.map((each) => `\`${each}\``).join(', ')}.`;
    const cells = [
      String(row.row),
      row.fault,
      row.guard,
      `\`${row.test.file}\`: ${row.test.title}.${more}`,
      `\`${row.without.file}\``,
      red === undefined ? 'never' : `${red.at}, ${red.commit}`,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  });
  return `${HEAD}${lines.join('\n')}\n`;
}
