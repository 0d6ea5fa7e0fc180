import { INSTANT } from './cel-types.js';

/** A function's types in the checker's spelling. */
export interface Signature {
  readonly name: string;
  readonly params: readonly string[];
  readonly result: string;
}

/** Reads `clip(string, int): string`. `timestamp` is short for the checker's name of an instant. */
export function signatureOf(written: string): Signature {
  const match = /^(\w+)\((.*)\):\s*(.+)$/.exec(written.trim());
  if (match === null) throw new TypeError(`not a signature: ${written}`);
  return {
    name: match[1] ?? '',
    params: splitTypes(match[2] ?? '').map(spelled),
    result: spelled(match[3] ?? ''),
  };
}

function spelled(type: string): string {
  return type.trim().replace(/\btimestamp\b/g, INSTANT);
}

function splitTypes(list: string): string[] {
  const types: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of list) {
    if (character === ',' && depth === 0) {
      types.push(current);
      current = '';
      continue;
    }
    if (character === '<') depth++;
    if (character === '>') depth--;
    current += character;
  }
  if (current.trim() !== '') types.push(current);
  return types;
}

/**
 * The signature and those that follow because a whole number may stand wherever a number may: the checker does not
 * widen by itself. Two values of a free type `A` may also be one whole and one decimal number.
 */
export function overloads(signature: Signature): readonly Signature[] {
  let found: Signature[] = [{ ...signature, params: [] }];
  for (const param of signature.params) {
    found = found.flatMap((before) =>
      widened(param).map((type) => ({ ...before, params: [...before.params, type] })),
    );
  }
  return [...found, ...mixedNumbers(signature)];
}

function widened(param: string): readonly string[] {
  if (param === 'double') return ['double', 'int'];
  return param === 'list<double>' ? ['list<double>', 'list<int>'] : [param];
}

function mixedNumbers(signature: Signature): readonly Signature[] {
  const free = signature.params.filter((param) => param === 'A');
  if (free.length !== 2 || signature.result !== 'A') return [];
  return ['int', 'double'].map((first) => {
    let seen = 0;
    const params = signature.params.map((param) => {
      if (param !== 'A') return param;
      return seen++ === 0 ? first : first === 'int' ? 'double' : 'int';
    });
    return { name: signature.name, params, result: 'double' };
  });
}
