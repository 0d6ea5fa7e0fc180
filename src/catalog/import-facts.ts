import type { Filled } from './filled-fields.js';
import type { ImportResult } from './import-result.js';
import type { ShopRead, SourceCopy } from './readers/reader.js';
import type { Vanished } from './vanished.js';

/** What is stored of an import, for later ones to compare themselves with. */
export interface ImportFacts extends ImportResult {
  readonly actor: string;
  readonly filled: Filled;
  readonly vanished: Vanished;
  readonly copy?: SourceCopy;
  readonly shop?: ShopRead;
  /** Numbers of the last whole reading, where this one read a part only. */
  readonly whole?: WholeRead;
}

/** What the guard compares a whole reading with. */
export type WholeRead = Pick<ImportFacts, 'rows' | 'variants' | 'filled'>;

/** The last whole reading before or in an import. */
export function wholeOf(facts: ImportFacts): WholeRead {
  return facts.whole ?? { rows: facts.rows, variants: facts.variants, filled: facts.filled };
}

/** Facts of an import that found the file of the last one: the same numbers, and nothing done. */
export function factsAgain(
  last: ImportFacts,
  now: { readonly importId: string; readonly actor: string },
): ImportFacts {
  return {
    ...last,
    ...now,
    sameAs: last.sameAs ?? last.importId,
    productsCreated: 0,
    productsChanged: 0,
    productsEnded: 0,
    created: 0,
    changed: 0,
    unchanged: last.variants,
    ended: 0,
  };
}

/** The part of the facts that is shown. */
export function resultIn(facts: ImportFacts): ImportResult {
  const {
    actor: _actor,
    filled: _filled,
    vanished: _vanished,
    copy: _copy,
    shop: _shop,
    whole: _whole,
    ...result
  } = facts;
  return result;
}
