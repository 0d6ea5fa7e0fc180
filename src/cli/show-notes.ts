import { missTexts, type NoteCount, noteCountText } from '../mapping/notes.js';
import type { PassNotes } from '../sync/pass-notes.js';

const LINES_SHOWN = 5;

/** What a mapping stumbled over, for people: a heading, the commonest troubles, the keys that lookup tables lack. */
export function noteLines(passes: readonly PassNotes[], indent: string): string[] {
  return passes.flatMap((pass) => {
    if (pass.total === 0) return [];
    const variants = `${pass.variants.toLocaleString('en-US')} ${pass.variants === 1 ? 'variant' : 'variants'}`;
    const scope = pass.mode === 'all' ? variants : `${variants} that changed since`;
    return [
      `${indent}notes of the mapping on ${scope}, ${pass.at.slice(0, 10)} (work on the product alone is noted once per product):`,
      ...countLines(pass.counts, `${indent}  `),
    ];
  });
}

/** The commonest troubles, then one line per lookup table. */
export function countLines(counts: readonly NoteCount[], indent: string): string[] {
  const plain = counts.filter((count) => count.miss === null);
  const lines = [...shortened(plain.map(noteCountText)), ...shortened([...missTexts(counts)])];
  return lines.map((line) => indent + line);
}

function shortened(lines: readonly string[]): string[] {
  const more = lines.length - LINES_SHOWN;
  return more <= 0 ? [...lines] : [...lines.slice(0, LINES_SHOWN), `and ${more} more (see --json)`];
}
