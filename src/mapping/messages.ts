import { type CelType, kindOf, spokenType } from './cel-types.js';
import type { Scope } from './environment.js';
import type { Fault } from './front.js';
import { FUNCTIONS } from './functions/table.js';
import { suggest } from './suggest.js';
import { KEPT_FUNCTIONS, RECORDS } from './vocabulary.js';

/** A fault in the words of a merchant. */
export interface Sentence {
  readonly message: string;
  readonly hint: string | null;
}

/** What a fault's words depend on besides the fault. */
export interface FaultContext {
  readonly scope: Scope;
  readonly text: string;
  /** Names of free attributes, for suggestions. */
  readonly attributes: Iterable<string>;
  /** The YAML scalar ends where ` #` begins a comment. */
  readonly cutByComment: boolean;
}

type Wording = (fault: Fault, context: FaultContext) => Sentence;

function say(message: string, hint: string | null = null): Sentence {
  return { message, hint };
}

const WORDINGS: Readonly<Record<string, Wording>> = {
  no_such_key: noSuchField,
  unknown_variable: unknownName,
  no_matching_overload: noSuchCall,
  no_such_overload: noSuchOperation,
  invalid_condition_type: (fault) => notACondition(fault.summary),
  invalid_logical_operand: (fault) => notACondition(fault.summary),
  incompatible_ternary_branches: () =>
    say(
      'both sides of ? : must be of the same type',
      'write 1.0 instead of 1 when the other side is a decimal number',
    ),
  unterminated_string: (_fault, { cutByComment }) =>
    say(
      'this text has no closing quote',
      cutByComment
        ? 'YAML takes " #" for the beginning of a comment: put the expression in quotes or a | block'
        : null,
    ),
  newline_in_string: () => say('this text has no closing quote on its line'),
  invalid_escape_sequence: () =>
    say('this is no escape', 'write \\\\ for a backslash, or a raw text: r"\\d+"'),
  invalid_index_type: () => say('an entry of a list is picked by a whole number, list[0] is the first'),
  cannot_index_type: (fault) =>
    say(`${fault.types[0] === undefined ? 'this' : spokenType(fault.types[0])} has no fields`),
  invalid_comprehension_range: () => say('only lists and maps can be looped over'),
  invalid_macro_argument: () => say('a loop needs a plain name for its entry: list.filter(entry, condition)'),
  reserved_identifier: () => say('this word is reserved'),
  limit_exceeded: () => say('the expression is too large', 'split it into vars'),
  expression_too_long: () => say('an expression may have 4,000 characters', 'split it into vars'),
  expression_too_deep: () => say('the expression is nested too deeply', 'split it into vars'),
  number_too_large: () =>
    say('whole numbers go up to 9007199254740991', 'write identifiers as text, in quotes'),
  expected_token: (fault, context) => unexpected(fault, context),
  unexpected_token: (fault, context) => unexpected(fault, context),
  unexpected_character: (fault, context) => unexpected(fault, context),
};

/** Puts a fault into a sentence and, where we can, the correction. */
export function sentenceOf(fault: Fault, context: FaultContext): Sentence {
  const wording = WORDINGS[fault.code];
  return wording === undefined
    ? say(fault.summary || 'this expression is not understood')
    : wording(fault, context);
}

function meant(word: string, candidates: Iterable<string>): string | null {
  const near = suggest(word, candidates);
  return near === null ? null : `did you mean ${near}?`;
}

function noSuchField(fault: Fault, context: FaultContext): Sentence {
  const owner = fault.owner?.name ?? '';
  const fields = owner === 'Attributes' ? context.attributes : Object.keys(RECORDS[owner] ?? {});
  return say(`there is no field "${fault.word}" here`, meant(fault.word, fields));
}

function unknownName(fault: Fault, context: FaultContext): Sentence {
  const given = /^(vars|params|listing)\.(.+)$/.exec(fault.word);
  if (given !== null) return unknownGiven(given[1] ?? '', given[2] ?? '', context);
  if (fault.word === context.text.trim()) {
    return say(
      `unknown name "${fault.word}"`,
      `if you mean the text, write '"${fault.word}"' or { $text: ${fault.word} }`,
    );
  }
  const names = [
    ...context.scope.namesWith('').filter((name) => !/^(none|nul_|\w+_.*)$/.test(name)),
    ...functionNames(),
  ];
  return say(
    `unknown name "${fault.word}"`,
    meant(fault.word, names) ?? `a text stands in quotes: "${fault.word}"`,
  );
}

const GROUPS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  vars: ['there is no var', 'a var can be used by the vars below it'],
  params: ['there is no parameter', 'declare it under params'],
  listing: ['the listing has no attribute', 'listing is known in rules only, after the attribute was set'],
};

function unknownGiven(group: string, name: string, context: FaultContext): Sentence {
  const [message, hint] = GROUPS[group] ?? ['there is no', ''];
  return say(`${message} "${name}"`, meant(name, context.scope.namesWith(`${group}_`)) ?? hint);
}

function functionNames(): string[] {
  return [...FUNCTIONS.map((definition) => definition.name), ...KEPT_FUNCTIONS];
}

function noSuchCall(fault: Fault): Sentence {
  const signatures = FUNCTIONS.find((definition) => definition.name === fault.word)?.signatures;
  if (signatures === undefined && !KEPT_FUNCTIONS.has(fault.word)) {
    return say(`there is no function "${fault.word}"`, meant(fault.word, functionNames()));
  }
  const given = fault.types.map(spokenType).join(', ');
  return say(
    `${fault.word} cannot be used with ${given === '' ? 'nothing' : given}`,
    signatures === undefined ? null : `it is ${signatures.join(' or ')}`,
  );
}

const COMPARES: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

function noSuchOperation(fault: Fault, context: FaultContext): Sentence {
  const [left, right] = fault.types;
  if (left === undefined) return say(fault.summary);
  if (right === undefined) {
    return say(`${fault.operator[0] ?? 'this'} cannot be used with ${spokenType(left)}`);
  }
  const kinds = [kindOf(left), kindOf(right)];
  const mixesAmount = kinds.includes('money') && (kinds.includes('int') || kinds.includes('number'));
  if (mixesAmount && COMPARES.has(fault.operator)) return amountComparison(fault, context);
  if (COMPARES.has(fault.operator)) {
    return say(`${spokenType(left)} cannot be compared with ${spokenType(right)}`);
  }
  if (kinds.includes('text') && fault.operator === '+') {
    return say(
      `${spokenType(left)} and ${spokenType(right)} cannot be joined`,
      'write text(x) to turn a value into text, or use words([…])',
    );
  }
  return say(`${spokenType(left)} and ${spokenType(right)} cannot be combined with ${fault.operator}`);
}

function amountComparison(fault: Fault, context: FaultContext): Sentence {
  const part = context.text.slice(fault.start, fault.end);
  const match = /^\s*([\w.]+)\s*([<>=!]=?)\s*([\d.]+)\s*$/.exec(part);
  const hint =
    match === null
      ? 'write amount(x) to get a number, or compare with price("50.00 USD")'
      : `write amount(${match[1]}) ${match[2]} ${match[3]}, or compare with price("${Number(match[3]).toFixed(2)} USD")`;
  return say('an amount cannot be compared with a number', hint);
}

function notACondition(summary: string): Sentence {
  const name = /got '([^']+)'/.exec(summary)?.[1] ?? '';
  return conditionSentence({ kind: '', name, hasDynType: false, hasPlaceholderType: false });
}

/** For a condition whose result is not yes/no. */
export function conditionSentence(type: CelType): Sentence {
  const spoken = type.name.startsWith('list')
    ? 'a list'
    : spokenType(type.kind === '' ? named(type.name) : type);
  return say(
    `a condition must be true or false, this is ${spoken}`,
    'to ask whether a value is there write has(x) or !blank(x)',
  );
}

function named(name: string): CelType {
  return {
    kind: name in RECORDS ? 'message' : 'primitive',
    name,
    hasDynType: false,
    hasPlaceholderType: false,
  };
}

function unexpected(fault: Fault, context: FaultContext): Sentence {
  const found = context.text.slice(fault.start, fault.end).trim();
  if (found === '' || fault.start >= context.text.trimEnd().length) {
    return say(
      'the expression ends too early',
      context.cutByComment ? 'YAML takes " #" for the beginning of a comment: use quotes or a | block' : null,
    );
  }
  const isAssignment = found.startsWith('=');
  return say(`"${found}" is not expected here`, isAssignment ? 'equality is written ==' : null);
}
