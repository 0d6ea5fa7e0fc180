import type { Note } from './types.js';

/** Equal troubles of a run, counted. */
export interface NoteCount {
  readonly attribute: string | null;
  /** The sentence without concrete values. */
  readonly pattern: string;
  readonly file: string;
  readonly line: number;
  /** How often it was met: variants, or products where the work was done once per product. */
  readonly count: number;
  /** The first one: its SKU and the sentence with its value. */
  readonly first: { readonly sku: string; readonly message: string };
}

/** Most distinct troubles kept; a column of free text as a lookup key would otherwise fill the memory. */
const MOST = 2_000;

/** Counts the notes of a run by attribute and pattern: the list a catalog manager works off. */
export class NoteTally {
  private readonly counts = new Map<string, NoteCount>();
  private left = 0;

  /** Notes that were not kept because there are too many different ones. */
  get dropped(): number {
    return this.left;
  }

  /** Adds the notes of one listing. */
  add(sku: string, notes: readonly Note[]): void {
    for (const note of notes) {
      const key = `${note.attribute ?? ''}\n${note.file}:${note.line}\n${note.pattern}`;
      const known = this.counts.get(key);
      if (known !== undefined) this.counts.set(key, { ...known, count: known.count + 1 });
      else if (this.counts.size >= MOST) this.left++;
      else {
        const { attribute, pattern, file, line, message } = note;
        this.counts.set(key, { attribute, pattern, file, line, count: 1, first: { sku, message } });
      }
    }
  }

  /** The most frequent first. */
  all(): readonly NoteCount[] {
    return [...this.counts.values()].sort((a, b) => b.count - a.count);
  }
}

/** One line for a report: `1,376 variants: attributes.n: "…" is not a number (first: MH01-XS-Black, "XS" is not a number)`. */
export function noteCountText(count: NoteCount): string {
  const what = count.attribute === null ? '' : `attributes.${count.attribute}: `;
  const variants = count.count === 1 ? '1 variant' : `${count.count.toLocaleString('en-US')} variants`;
  return `${variants}: ${what}${count.pattern} (first: ${count.first.sku}, ${count.first.message})`;
}
