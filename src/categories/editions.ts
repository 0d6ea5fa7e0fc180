import type { CategoryTable } from './lookup-table.js';
import type { Category, Taxonomy } from './taxonomy.js';

/** What a new edition of a taxonomy changes. Ids stay what they are; names do not. */
export interface EditionChange {
  readonly gone: readonly Category[];
  readonly added: readonly Category[];
  /** The same id under another path: renamed, or moved to another branch. */
  readonly renamed: readonly { readonly id: string; readonly before: string; readonly after: string }[];
}

/** Compares two editions by id. */
export function compareEditions(before: Taxonomy, after: Taxonomy): EditionChange {
  return {
    gone: before.categories.filter(({ id }) => !after.byId.has(id)),
    added: after.categories.filter(({ id }) => !before.byId.has(id)),
    renamed: before.categories.flatMap(({ id, path }) => {
      const now = after.byId.get(id);
      return now === undefined || now.path === path ? [] : [{ id, before: path, after: now.path }];
    }),
  };
}

/** Keys of a lookup table whose id an edition does not have. Values that are no numbers are left to the mapping. */
export function unknownIds(
  table: CategoryTable,
  taxonomy: Taxonomy,
): readonly { readonly key: string; readonly id: string }[] {
  return [...table]
    .filter(([, id]) => /^\d+$/.test(id) && !taxonomy.byId.has(id))
    .map(([key, id]) => ({ key, id }));
}
