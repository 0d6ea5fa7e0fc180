import { OperatorError } from '../domain/errors.js';
import { levelsOf } from '../mapping/functions/category-path.js';

/** A category of a channel's tree. */
export interface Category {
  /** The channel's number of it, digits; it survives renaming. */
  readonly id: string;
  /** Names from the top down. */
  readonly levels: readonly string[];
  /** `Apparel & Accessories > Clothing > Dresses`. */
  readonly path: string;
}

/** A tree of categories in one edition and language. */
export interface Taxonomy {
  /** Day of the edition, `2021-09-21`; null: the file does not say. */
  readonly edition: string | null;
  /** In the order of the file. */
  readonly categories: readonly Category[];
  readonly byId: ReadonlyMap<string, Category>;
}

/** The largest file that is read: Google's has 0.5 MB. */
export const TAXONOMY_BYTES = 16_000_000;

const LINE = /^(\d{1,18}) - (.+)$/;
const EDITION = /^#.*version:?\s*(\d{4}-\d{2}-\d{2})/i;
/** A list of this length that counts 1, 2, 3 … was numbered by whoever published it again. */
const RENUMBERED_FROM = 100;

/**
 * Reads a taxonomy as Google publishes it, in any language: `taxonomy-with-ids.en-US.txt`, one `id - path` a line and
 * the edition in a comment (google.com/basepages/producttype, format verified 2026-11). Throws OperatorError for files that
 * are something else: without ids, with ids of somebody's own, or with lines that cannot be read.
 */
export function readTaxonomy(text: string): Taxonomy {
  const categories: Category[] = [];
  const byId = new Map<string, Category>();
  let edition: string | null = null;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((line, place) => {
      if (line.trim() === '') return;
      if (line.startsWith('#')) edition ??= EDITION.exec(line)?.[1] ?? null;
      else add(categoryIn(line, place + 1, categories.length), { categories, byId, line: place + 1 });
    });
  if (categories.length === 0) throw unusable('taxonomy_empty', 'The file has no categories.');
  if (categories.length >= RENUMBERED_FROM && categories.every(({ id }, place) => id === String(place + 1))) {
    throw unusable(
      'taxonomy_renumbered',
      'The ids of the file only count its lines; they are not the channel’s.',
    );
  }
  return { edition, categories, byId };
}

function categoryIn(line: string, number: number, before: number): Category {
  const [, id, names] = LINE.exec(line) ?? [];
  const levels = levelsOf(names ?? '');
  if (id === undefined || levels.length === 0) {
    throw before === 0 && levelsOf(line).length > 0
      ? unusable('taxonomy_without_ids', `Line ${number} has no id: ${line.slice(0, 80)}`)
      : unusable('taxonomy_unreadable', `Line ${number} is no "id - path": ${line.slice(0, 80)}`);
  }
  return { id, levels, path: levels.join(' > ') };
}

function add(
  category: Category,
  to: { readonly categories: Category[]; readonly byId: Map<string, Category>; readonly line: number },
): void {
  const other = to.byId.get(category.id);
  if (other !== undefined) {
    throw unusable(
      'taxonomy_id_twice',
      `Line ${to.line} has the id of "${other.path}" again: ${category.id}`,
    );
  }
  to.byId.set(category.id, category);
  to.categories.push(category);
}

function unusable(code: string, message: string): OperatorError {
  return new OperatorError(
    code,
    message,
    'Download the file "taxonomy-with-ids" in the language of the catalog from the channel itself.',
  );
}
