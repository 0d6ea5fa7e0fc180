import { CHOICE } from './choice.js';
import { DATES } from './dates.js';
import type { FunctionDefinition } from './definition.js';
import { IDENTIFIERS } from './identifiers.js';
import { LISTS } from './lists.js';
import { LOOKUPS } from './lookups.js';
import { MEASURES } from './measures.js';
import { MONEY } from './money-functions.js';
import { NUMBERS } from './numbers.js';
import { TEXT_CASE } from './text-case.js';
import { TEXT_JOINING } from './text-joining.js';
import { TEXT_PATTERNS } from './text-patterns.js';
import { TEXT_PLAIN } from './text-plain.js';
import { TEXT_WORDS } from './text-words.js';
import { WEB_ADDRESSES } from './web-addresses.js';

/**
 * Every function of the mapping language, in the order the documentation shows them. The type checker, the compiler, the
 * editor, `mappings/README.md` and the tests read this one table. A change of a meaning changes what listings show.
 */
export const FUNCTIONS: readonly FunctionDefinition[] = [
  ...CHOICE,
  ...TEXT_JOINING,
  ...TEXT_CASE,
  ...TEXT_PATTERNS,
  ...TEXT_WORDS,
  ...TEXT_PLAIN,
  ...NUMBERS,
  ...MONEY,
  ...DATES,
  ...MEASURES,
  ...LISTS,
  ...LOOKUPS,
  ...IDENTIFIERS,
  ...WEB_ADDRESSES,
];
