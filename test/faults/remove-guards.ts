import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FaultRow } from './fault-row.js';
import { MATRIX } from './matrix.js';
import { type LastSeen, lastSeen, matrixPage, SEEN_FILE } from './matrix-page.js';
import { patternOf, type ScratchTree, scratchTree, type TestsRun } from './scratch-tree.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Takes the guards of the matrix away one by one, each in a copy of the last commit, and sees the named test fail; before that, all of them pass as
 * the tree is. Writes when each was last seen red. Answers the exit code: 1 when a test stays green without its guard, or does not pass with it.
 */
export function removeGuards(args: readonly string[]): number {
  const rows = chosen(args);
  const tree = scratchTree(ROOT);
  const seen: Record<string, LastSeen[string]> = { ...lastSeen() };
  let wrong = 0;
  try {
    const whole = tree.run(rows.map(({ test }) => test));
    for (const row of rows) {
      const fault = notPassing(whole, row) ?? tellGreen(tree, row);
      if (fault === null) seen[row.row] = { at: minute(), commit: tree.commit };
      else wrong += 1;
      process.stdout.write(
        `${minute()} ${String(row.row).padStart(2)} ${fault ?? 'red without its guard'}\n`,
      );
      save(seen);
    }
  } finally {
    tree.remove();
  }
  process.stdout.write(`${rows.length - wrong} of ${rows.length} rows fail without their guard\n`);
  return wrong === 0 ? 0 : 1;
}

/** UTC, to the minute. */
function minute(): string {
  return new Date().toISOString().slice(0, 16).replace('T', ' ');
}

function chosen(args: readonly string[]): readonly FaultRow[] {
  const [flag, number, ...more] = args;
  if (flag === undefined) return MATRIX;
  const rows = MATRIX.filter(({ row }) => String(row) === number);
  if (flag !== '--row' || rows.length === 0 || more.length > 0)
    throw new Error('usage: npm run faults -- [--row NUMBER], a number of docs/fault-matrix.md');
  return rows;
}

/** What is wrong with a row while its guard stands; null: its test passes. */
function notPassing(whole: TestsRun, row: FaultRow): string | null {
  const named = new RegExp(patternOf(row.test));
  const failed = whole.failed.filter((name) => named.test(name));
  if (failed.length === 0 && whole.passed.some((name) => named.test(name))) return null;
  return `does not pass as it is: ${row.test.file}: ${failed[0] ?? row.test.title}\n${whole.told}`;
}

/** What is wrong with a row whose guard is taken away; null: its test fails, as it must. */
function tellGreen(tree: ScratchTree, row: FaultRow): string | null {
  const named = new RegExp(patternOf(row.test));
  const without = tree.while(row.without, () => tree.run([row.test]));
  if (without.failed.some((name) => named.test(name))) return null;
  return without.passed.length > 0
    ? `stays green without its guard: ${row.test.file}: ${row.test.title}`
    : `cannot be tried without its guard: ${row.without.file}\n${without.told}`;
}

/** Written after every row: a run that is broken off keeps what it saw. */
function save(seen: LastSeen): void {
  writeFileSync(SEEN_FILE, `${JSON.stringify(seen, null, 2)}\n`);
  writeFileSync(path.join(ROOT, 'docs/fault-matrix.md'), matrixPage(MATRIX, seen));
}
