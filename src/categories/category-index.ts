import { levelsOf } from '../mapping/functions/category-path.js';
import type { Category, Taxonomy } from './taxonomy.js';
import { wordsOf } from './words.js';

/** One name under which a category can be found: its own, or one that a table already gives it. */
export interface CategoryName {
  readonly category: Category;
  /** Words of the name itself. */
  readonly leaf: ReadonlySet<string>;
  /** All words with their weight: those of the name weigh 1, those above it less. */
  readonly words: ReadonlyMap<string, number>;
  /** Length of the name as a vector, rarity counted. */
  readonly length: number;
}

/** The names of a taxonomy, found by their words. */
export interface CategoryIndex {
  readonly taxonomy: Taxonomy;
  /** Names that have a word. */
  named(word: string): readonly CategoryName[];
  /** How much a word says: rare ones more. Words no name has say most, so that they count against a match. */
  rarity(word: string): number;
}

/** What a level says of a thing, by its distance from the name itself. */
const ABOVE = [1, 0.4, 0.25, 0.15];

/** Words of a path with their weights, the last level first. */
export function weightedWords(levels: readonly string[]): Map<string, number> {
  const words = new Map<string, number>();
  levels.toReversed().forEach((level, distance) => {
    const weight = ABOVE[distance] ?? 0.1;
    for (const word of wordsOf(level)) words.set(word, Math.max(weight, words.get(word) ?? 0));
  });
  return words;
}

/**
 * Builds the index. `known`: paths of a lookup table with the id each stands for; they are further names of those
 * categories (`tee` for shirts). Ids the taxonomy does not have are left out.
 */
export function categoryIndex(
  taxonomy: Taxonomy,
  known: ReadonlyMap<string, string> = new Map(),
): CategoryIndex {
  const names = taxonomy.categories.map((category) => ({ category, levels: category.levels }));
  for (const [path, id] of known) {
    const category = taxonomy.byId.get(id);
    if (category === undefined) continue;
    const own = levelsOf(path);
    // Above a name of the table stand the levels of the category it belongs to.
    names.push({ category, levels: own.length > 1 ? own : [...category.levels.slice(0, -1), ...own] });
  }
  const counts = new Map<string, number>();
  const worded = names.map(({ category, levels }) => ({ category, levels, words: weightedWords(levels) }));
  for (const { words } of worded)
    for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rarities = new Map(
    [...counts].map(([word, count]) => [word, Math.log(1 + names.length / (1 + count))]),
  );
  const rarest = Math.log(1 + names.length);
  const rarity = (word: string): number => rarities.get(word) ?? rarest;
  const byWord = new Map<string, CategoryName[]>();
  for (const { category, levels, words } of worded) {
    const leaf = new Set(wordsOf(levels.at(-1) ?? ''));
    const name = { category, leaf, words, length: lengthOf(words, rarity) };
    for (const word of words.keys()) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [name]);
      else others.push(name);
    }
  }
  return { taxonomy, named: (word) => byWord.get(word) ?? [], rarity };
}

/** Length of weighted words as a vector. */
export function lengthOf(words: ReadonlyMap<string, number>, rarity: (word: string) => number): number {
  let sum = 0;
  for (const [word, weight] of words) sum += (weight * rarity(word)) ** 2;
  return Math.sqrt(sum);
}
