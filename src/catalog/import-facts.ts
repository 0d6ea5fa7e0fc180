import type { Filled } from './filled-fields.js';
import type { ImportResult } from './import-result.js';
import type { SourceCopy } from './readers/reader.js';
import type { Vanished } from './vanished.js';

/** What is stored of an import, for later ones to compare themselves with. */
export interface ImportFacts extends ImportResult {
  readonly actor: string;
  readonly filled: Filled;
  readonly vanished: Vanished;
  readonly copy?: SourceCopy;
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
  const { actor: _actor, filled: _filled, vanished: _vanished, copy: _copy, ...result } = facts;
  return result;
}
