import { pathKey } from '../mapping/functions/category-path.js';
import type { CategoryIndex } from './category-index.js';
import { type CategoryTable, type Resolved, resolvePaths } from './lookup-table.js';
import { type Suggestion, suggestCategories } from './suggest.js';

/** Products of the catalog that have the same paths of their own. */
export interface KindOfGoods {
  /** The merchant's paths, `Gear > Bags`; none: the products have neither category nor type. */
  readonly paths: readonly string[];
  readonly products: number;
  /** Some of their titles. */
  readonly titles: readonly string[];
}

/** What is known and what may be right for one of the merchant's paths. */
export interface PathAdvice {
  readonly path: string;
  readonly products: number;
  /** What the table says now; null: nothing. */
  readonly now: Resolved | null;
  /** False when the table's id is not in this edition; such products go without a category. */
  readonly nowKnown: boolean;
  readonly suggestions: readonly Suggestion[];
  /** The suggestion that is good enough to be taken over unseen, for paths without an id; else null. */
  readonly taken: Suggestion | null;
}

/** How many products get a category. `withoutPath` of them have nothing to go by. */
export interface Coverage {
  readonly products: number;
  readonly withoutPath: number;
  readonly now: number;
  /** With everything that is taken. */
  readonly afterwards: number;
}

/** Advice on every path of a catalog, those of most products first. */
export interface CategoryAdvice {
  readonly paths: readonly PathAdvice[];
  readonly coverage: Coverage;
}

/** What advice is made from. */
export interface AdviceBasis {
  readonly index: CategoryIndex;
  readonly table: CategoryTable;
  /** Suggestions from this score on are taken where the table says nothing. */
  readonly minScore: number;
}

/** Titles per path that are looked at. */
const TITLES = 40;

/** Looks at every path of a catalog once and says what the table and the taxonomy know of it. Pure. */
export function adviseCategories(kinds: readonly KindOfGoods[], basis: AdviceBasis): CategoryAdvice {
  const paths = pathsOf(kinds).map((kind) => advicePath(kind, basis));
  const taken = new Map(basis.table);
  for (const { path, taken: suggestion } of paths) {
    if (suggestion !== null) taken.set(pathKey(path), suggestion.category.id);
  }
  const covered = (table: CategoryTable): number =>
    kinds.reduce((sum, kind) => {
      const found = resolvePaths(kind.paths, table);
      return found !== null && basis.index.taxonomy.byId.has(found.id) ? sum + kind.products : sum;
    }, 0);
  const count = (of: readonly KindOfGoods[]): number => of.reduce((sum, kind) => sum + kind.products, 0);
  return {
    paths,
    coverage: {
      products: count(kinds),
      withoutPath: count(kinds.filter((kind) => kind.paths.length === 0)),
      now: covered(basis.table),
      afterwards: covered(taken),
    },
  };
}

interface PathOfGoods {
  readonly path: string;
  readonly products: number;
  readonly titles: readonly string[];
}

/** The distinct paths with their products and titles; capitals and blanks make no other path. */
function pathsOf(kinds: readonly KindOfGoods[]): readonly PathOfGoods[] {
  const found = new Map<string, { path: string; products: number; titles: string[] }>();
  for (const { paths, products, titles } of kinds) {
    for (const path of paths) {
      const key = pathKey(path);
      if (key === '') continue;
      const before = found.get(key) ?? { path, products: 0, titles: [] };
      before.products += products;
      before.titles.push(...titles.slice(0, TITLES - before.titles.length));
      found.set(key, before);
    }
  }
  return [...found.values()].sort((a, b) => b.products - a.products || (a.path < b.path ? -1 : 1));
}

function advicePath({ path, products, titles }: PathOfGoods, basis: AdviceBasis): PathAdvice {
  const now = resolvePaths([path], basis.table);
  const nowKnown = now !== null && basis.index.taxonomy.byId.has(now.id);
  const suggestions = suggestCategories({ path, titles }, basis.index);
  const best = suggestions[0];
  const taken = !nowKnown && best !== undefined && best.score >= basis.minScore ? best : null;
  return { path, products, now, nowKnown, suggestions, taken };
}
