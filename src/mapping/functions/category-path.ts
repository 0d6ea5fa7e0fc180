/** The levels of a category path, top first: `Gear > Bags` is Gear, Bags. Blanks around the sign do not matter. */
export function levelsOf(path: string): string[] {
  return path
    .split('>')
    .map((level) => level.trim())
    .filter((level) => level !== '');
}

/** A category path as tables and comparisons use it: small letters, ` > ` between the levels. */
export function pathKey(path: string): string {
  return levelsOf(path).join(' > ').toLowerCase();
}
