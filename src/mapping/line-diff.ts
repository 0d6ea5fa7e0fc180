/** A line of a comparison: in both, only before, or only after. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Line number before and after, from 1; null where the line is not. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Beyond so many comparisons what differs is told as one block out, one block in. */
const MOST_CELLS = 4_000_000;

/** The lines of two texts side by side, those in common found by the longest common sequence. Pure. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const was = before.split('\n');
  const is = after.split('\n');
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start++;
  let end = 0;
  while (end < was.length - start && end < is.length - start && was.at(-1 - end) === is.at(-1 - end)) end++;
  const lines: DiffLine[] = [];
  const both = (row: number, column: number): void => {
    lines.push({ sign: ' ', text: was[row] ?? '', before: row + 1, after: column + 1 });
  };
  for (let at = 0; at < start; at++) both(at, at);
  for (const step of middle(was.slice(start, was.length - end), is.slice(start, is.length - end))) {
    const row = start + step.row;
    const column = start + step.column;
    if (step.sign === ' ') both(row, column);
    else if (step.sign === '-') lines.push({ sign: '-', text: was[row] ?? '', before: row + 1, after: null });
    else lines.push({ sign: '+', text: is[column] ?? '', before: null, after: column + 1 });
  }
  for (let at = end; at > 0; at--) both(was.length - at, is.length - at);
  return lines;
}

interface Step {
  readonly sign: DiffLine['sign'];
  readonly row: number;
  readonly column: number;
}

function middle(was: readonly string[], is: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  const lengths = was.length * is.length > MOST_CELLS ? null : commonLengths(was, is);
  let row = 0;
  let column = 0;
  while (row < was.length || column < is.length) {
    const equal = lengths !== null && row < was.length && column < is.length && was[row] === is[column];
    if (equal) steps.push({ sign: ' ', row: row++, column: column++ });
    else if (
      row < was.length &&
      (column >= is.length || downFirst(lengths, { row, column, width: is.length + 1 }))
    )
      steps.push({ sign: '-', row: row++, column });
    else steps.push({ sign: '+', row, column: column++ });
  }
  return steps;
}

function downFirst(
  lengths: Uint32Array | null,
  { row, column, width }: { readonly row: number; readonly column: number; readonly width: number },
): boolean {
  if (lengths === null) return true;
  return (lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0);
}

function commonLengths(was: readonly string[], is: readonly string[]): Uint32Array {
  const width = is.length + 1;
  const lengths = new Uint32Array((was.length + 1) * width);
  for (let row = was.length - 1; row >= 0; row--)
    for (let column = is.length - 1; column >= 0; column--) {
      const down = lengths[(row + 1) * width + column] ?? 0;
      const right = lengths[row * width + column + 1] ?? 0;
      const both = lengths[(row + 1) * width + column + 1] ?? 0;
      lengths[row * width + column] = was[row] === is[column] ? both + 1 : Math.max(down, right);
    }
  return lengths;
}

/** Changed lines with a few around them, as `diff -u` shows them; nothing when the texts are the same. */
export function unifiedDiff(before: string, after: string, around = 3): readonly string[] {
  const lines = lineDiff(before, after);
  const near = (at: number): boolean =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ sign }) => sign !== ' ');
  const shown: string[] = [];
  let skipped = true;
  for (const [at, line] of lines.entries()) {
    if (!near(at)) {
      skipped = true;
      continue;
    }
    if (skipped) shown.push(`@@ line ${line.after ?? line.before ?? 1} @@`);
    skipped = false;
    shown.push(line.sign + line.text);
  }
  return shown;
}
