/** A piece of a text, and whether the other text lacks it. */
export interface Piece {
  readonly text: string;
  readonly changed: boolean;
}

/** Two texts in pieces; joined again, the pieces are the texts. */
export interface Changes {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}

/** Longer texts are compared as a whole: the comparison grows with the square of their words. */
const MOST_WORDS = 400;

/** What of two texts differs, word by word. */
export function wordChanges(before: string, after: string): Changes {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS)
    return { before: [{ text: before, changed: true }], after: [{ text: after, changed: true }] };
  const kept = commonWords(a, b);
  return {
    before: joined(a.map((text, at) => ({ text, changed: !kept.a.has(at) }))),
    after: joined(b.map((text, at) => ({ text, changed: !kept.b.has(at) }))),
  };
}

function wordsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

interface Kept {
  readonly a: Set<number>;
  readonly b: Set<number>;
}

/** Positions of the longest common run of words in order. */
function commonWords(a: readonly string[], b: readonly string[]): Kept {
  const table = lengths(a, b);
  const kept: Kept = { a: new Set(), b: new Set() };
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      kept.a.add(i);
      kept.b.add(j);
      i += 1;
      j += 1;
    } else if (cell(table, i + 1, j) >= cell(table, i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

type Table = readonly number[][];

/** How long the longest common run from each pair of positions on is. */
function lengths(a: readonly string[], b: readonly string[]): Table {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const longest =
        a[i] === b[j]
          ? cell(table, i + 1, j + 1) + 1
          : Math.max(cell(table, i + 1, j), cell(table, i, j + 1));
      table[i]?.splice(j, 1, longest);
    }
  return table;
}

function cell(table: Table, i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.changed === piece.changed)
      result[result.length - 1] = { changed: last.changed, text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}
