import { levelsOf } from '../mapping/functions/category-path.js';
import { type CategoryIndex, type CategoryName, lengthOf, weightedWords } from './category-index.js';
import type { Category } from './taxonomy.js';
import { wordsOf } from './words.js';

/** A kind of goods of which nobody knows the channel's category. */
export interface UnknownKind {
  /** The merchant's own path, `Gear > Bags > Duffle`. */
  readonly path: string;
  /** Titles of goods of this kind; a sample will do. */
  readonly titles: readonly string[];
}

/** A category that may be the right one. */
export interface Suggestion {
  readonly category: Category;
  /** 0 to 1: 1 is the very name in its very place. */
  readonly score: number;
}

/** How much titles say beside the merchant's own path. */
const TITLE_WEIGHT = 0.6;
/** A word that fewer titles have is one product's matter. */
const TITLE_SHARE = 0.3;

/**
 * The categories whose names fit a kind best, best first; none when no word is known. Half of the score is how well all words
 * fit, rare ones weighing more; half how well the name itself fits the end of the merchant's path, or what most titles say.
 */
export function suggestCategories(kind: UnknownKind, index: CategoryIndex, most = 3): readonly Suggestion[] {
  const levels = levelsOf(kind.path);
  const titles = titleWords(kind.titles);
  const words = weightedWords(levels);
  for (const [word, share] of titles) words.set(word, Math.max(share * TITLE_WEIGHT, words.get(word) ?? 0));
  const query: Query = {
    words,
    length: lengthOf(words, index.rarity),
    leaf: new Set(wordsOf(levels.at(-1) ?? '')),
    titles: new Set(titles.keys()),
  };
  const best = new Map<string, Suggestion>();
  for (const name of candidates(query, index)) {
    const score = scoreOf(name, query, index);
    const before = best.get(name.category.id);
    if (before === undefined || before.score < score)
      best.set(name.category.id, { category: name.category, score });
  }
  return [...best.values()]
    .sort((a, b) => b.score - a.score || a.category.levels.length - b.category.levels.length)
    .slice(0, most);
}

interface Query {
  readonly words: ReadonlyMap<string, number>;
  readonly length: number;
  readonly leaf: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
}

function candidates({ words }: Query, index: CategoryIndex): Set<CategoryName> {
  const found = new Set<CategoryName>();
  for (const word of words.keys()) for (const name of index.named(word)) found.add(name);
  return found;
}

function scoreOf(name: CategoryName, query: Query, index: CategoryIndex): number {
  let product = 0;
  for (const [word, weight] of query.words) {
    const other = name.words.get(word);
    if (other !== undefined) product += weight * other * index.rarity(word) ** 2;
  }
  const whole = product / (query.length * name.length || 1);
  const end = Math.max(
    agreement(query.leaf, name.leaf, index),
    TITLE_WEIGHT * covered(name.leaf, query.titles, index),
  );
  return Math.round((whole / 2 + end / 2) * 1_000) / 1_000;
}

/** How far two sets of words are the same, rare words weighing more: 1 the same, 0 nothing in common. */
function agreement(one: ReadonlySet<string>, other: ReadonlySet<string>, index: CategoryIndex): number {
  const precision = covered(one, other, index);
  const recall = covered(other, one, index);
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** Which part of the words of a set another one has. */
function covered(words: ReadonlySet<string>, by: ReadonlySet<string>, index: CategoryIndex): number {
  let all = 0;
  let shared = 0;
  for (const word of words) {
    all += index.rarity(word);
    if (by.has(word)) shared += index.rarity(word);
  }
  return all === 0 ? 0 : shared / all;
}

/** Words that several titles have, each with the share of titles that have it. */
function titleWords(titles: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const title of titles)
    for (const word of new Set(wordsOf(title))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const shares = [...counts].map(([word, count]) => [word, count / titles.length] as const);
  return new Map(shares.filter(([, share]) => share >= TITLE_SHARE));
}
