import { RE2JS } from 're2js';
import { LIMITS } from '../limits.js';
import { BadData } from './definition.js';

const MAX_COMPILED = 500;
const compiled = new Map<string, RE2JS>();

/**
 * Compiles an RE2 pattern, which matches in time proportional to the text whatever the pattern. Patterns are kept, so
 * that the layers of many channels compile each of them once. Throws `BadData` with the reason; the author acts.
 */
export function compilePattern(source: string): RE2JS {
  const known = compiled.get(source);
  if (known) return known;
  if (source.length > LIMITS.patternCharacters)
    throw badPattern(`longer than ${LIMITS.patternCharacters} characters`);
  const pattern = compile(source);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(source, pattern);
  return pattern;
}

/** The pattern of a call: compiled at load from its literal. */
export function patternArgument(literal: string | null | undefined): RE2JS {
  if (literal === null || literal === undefined) throw badPattern('it must be written out in the expression');
  return compilePattern(literal);
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    throw badPattern(error instanceof Error ? error.message : String(error));
  }
}

function badPattern(reason: string): BadData {
  return new BadData(`bad pattern: ${reason}`, `bad pattern: ${reason}`);
}
