import { levelsOf, pathKey } from '../mapping/functions/category-path.js';

/** Ids by path, as a lookup table has them: the keys are paths in small letters. */
export type CategoryTable = ReadonlyMap<string, string>;

/** What a table says of a product. */
export interface Resolved {
  /** The key that matched; it may be the path of a level above. */
  readonly key: string;
  readonly id: string;
}

/** The entry of the longest piece of any of the paths, as `lookupPath` finds it in a mapping; null: none. */
export function resolvePaths(paths: readonly string[], table: CategoryTable): Resolved | null {
  let found: Resolved | null = null;
  let depth = 0;
  for (const path of paths) {
    const levels = levelsOf(path);
    for (let count = levels.length; count > depth; count--) {
      const key = pathKey(levels.slice(0, count).join(' > '));
      const id = table.get(key);
      if (id === undefined || id === '') continue;
      found = { key, id };
      depth = count;
    }
  }
  return found;
}
