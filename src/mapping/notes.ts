import type { LookupMiss, Note } from './types.js';

/** Equal troubles of a run, counted. */
export interface NoteCount {
  /** The attribute being worked out; null for conditions, and for keys that a lookup table lacks. */
  readonly attribute: string | null;
  /** The sentence without concrete values. */
  readonly pattern: string;
  readonly file: string;
  readonly line: number;
  /** Set for a key that a lookup table lacks: counted per table and key, whoever asked. */
  readonly miss: LookupMiss | null;
  /** How often it was met: variants, or products where the work was done once per product. */
  readonly count: number;
  /** The first one: its SKU and the sentence with its value. */
  readonly first: { readonly sku: string; readonly message: string };
}

/** Most distinct troubles kept; a column of free text as a lookup key would otherwise fill the memory. */
export const MOST_NOTES = 2_000;

interface Counting {
  readonly note: Omit<NoteCount, 'count'>;
  count: number;
  /** The listing it was met in last. */
  listing: number;
}

/** Counts the notes of a run by place and pattern: the list a catalog manager works off. */
export class NoteTally {
  private readonly counts = new Map<string, Counting>();
  private left = 0;
  private seen = 0;
  private listings = 0;

  /** Notes that were not kept because there are too many different ones. */
  get dropped(): number {
    return this.left;
  }

  /** All notes that were added, kept or not; the same trouble counts once per listing. */
  get total(): number {
    return this.seen;
  }

  /** Adds the notes of one listing. */
  add(sku: string, notes: readonly Note[]): void {
    const listing = ++this.listings;
    for (const note of notes) {
      const key = noteKey(note);
      const known = this.counts.get(key);
      if (known?.listing === listing) continue;
      this.seen++;
      if (known !== undefined) {
        known.count++;
        known.listing = listing;
      } else if (this.counts.size >= MOST_NOTES) this.left++;
      else this.counts.set(key, { note: withoutCount(note, sku), count: 1, listing });
    }
  }

  /** The most frequent first. */
  all(): readonly NoteCount[] {
    return [...this.counts.values()]
      .map(({ note, count }) => ({ ...note, count }))
      .sort((a, b) => b.count - a.count);
  }
}

function withoutCount(note: Note, sku: string): Omit<NoteCount, 'count'> {
  const { attribute, file, line, pattern, message, miss } = note;
  const first = { sku, message };
  if (miss !== undefined) return { attribute: null, file: '', line: 0, pattern, miss, first };
  return { attribute, file, line, pattern, miss: null, first };
}

/** What makes two notes the same trouble. */
export function noteKey(note: Pick<Note, 'attribute' | 'file' | 'line' | 'pattern' | 'miss'>): string {
  if (note.miss !== undefined) return `${note.miss.table}\n${note.miss.key}`;
  return `${note.attribute ?? ''}\n${note.file}:${note.line}\n${note.pattern}`;
}

/** One line for a report: `1,376 variants: attributes.n: "…" is not a number (first: MH01-XS-Black, "XS")`. */
export function noteCountText(count: NoteCount): string {
  const what = count.attribute === null ? '' : `attributes.${count.attribute}: `;
  const variants = count.count === 1 ? '1 variant' : `${count.count.toLocaleString('en-US')} variants`;
  const value = valueIn(count.first.message, count.pattern);
  const first = value === null ? count.first.sku : `${count.first.sku}, ${value}`;
  return `${variants}: ${what}${count.pattern} (first: ${first})`;
}

/** The concrete value of a sentence; the whole sentence when it says more than one; null when it says none. */
function valueIn(message: string, pattern: string): string | null {
  if (message === pattern) return null;
  const [before = '', after, ...more] = pattern.split('…');
  if (after === undefined || more.length > 0) return message;
  if (!message.startsWith(before) || !message.endsWith(after)) return message;
  const value = message.slice(before.length, message.length - after.length);
  return before.endsWith('"') && after.startsWith('"') ? `"${value}"` : value;
}

/** Keys shown per lookup table. */
const KEYS_SHOWN = 8;

/** One line per lookup table with the keys it lacks, the most frequent first: `color: multicolored 48, beige 30, grey 29`. */
export function missTexts(counts: readonly NoteCount[]): readonly string[] {
  const tables = new Map<string, NoteCount[]>();
  for (const count of counts) {
    if (count.miss === null) continue;
    const known = tables.get(count.miss.table);
    if (known === undefined) tables.set(count.miss.table, [count]);
    else known.push(count);
  }
  return [...tables].map(([table, misses]) => {
    const sorted = misses.sort((a, b) => b.count - a.count);
    const keys = sorted.slice(0, KEYS_SHOWN).map(({ miss, count }) => `${miss?.key} ${count}`);
    const more = sorted.length - keys.length;
    return `${table}: ${keys.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  });
}
