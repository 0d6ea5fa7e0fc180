import type { ErrorObject } from 'ajv';
import { suggest } from '../mapping/suggest.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';

/** Turns what ajv found (made with `verbose`) into sentences for people, with lines. `under` is where the checked part stands. */
export function schemaMistakes(
  file: ConfigFile,
  errors: readonly ErrorObject[],
  under: ConfigPath = [],
  whereToFind: (setting: string) => string | null = () => null,
): ConfigMistake[] {
  return errors
    .filter((error) => !SILENT.has(error.keyword))
    .map((error) => {
      const path = [...under, ...pointer(error.instancePath)];
      const words = wordsOf(error);
      const found = error.keyword === 'required' ? whereToFind(String(error.params.missingProperty)) : null;
      return file.mistake(
        [...path, ...memberOf(error)],
        found === null ? words : { ...words, advice: found },
      );
    });
}

// These only repeat what a more exact error says about the same place.
const SILENT = new Set(['if', 'propertyNames']);

function pointer(instancePath: string): string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function memberOf(error: ErrorObject): string[] {
  const { params } = error;
  if (error.keyword === 'additionalProperties') return [String(params.additionalProperty)];
  if (error.keyword === 'required') return [String(params.missingProperty)];
  return error.propertyName === undefined ? [] : [error.propertyName];
}

type Words = Parameters<ConfigFile['mistake']>[1];

function wordsOf(error: ErrorObject): Words {
  const { params } = error;
  if (error.propertyName !== undefined) {
    const advice = 'Use small letters, digits and -, at most 63 characters.';
    return { message: `"${error.propertyName}" cannot be used as a name`, advice, at: 'name' };
  }
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, String(params.additionalProperty));
    case 'required':
      return {
        message: 'is missing',
        advice: `Add \`${String(params.missingProperty)}:\`${about(error, String(params.missingProperty))}.`,
      };
    case 'type':
      return typeWords(error);
    case 'enum':
      return oneOf(error, params.allowedValues as readonly unknown[]);
    case 'const':
      return oneOf(error, [params.allowedValue]);
    case 'pattern':
    case 'format':
      return { message: `${shown(error)} does not have the right form`, advice: adviceFor(error) };
    default:
      return { message: error.message ?? 'is not allowed', advice: adviceFor(error) };
  }
}

function unknownKey(error: ErrorObject, name: string): Words {
  const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
  const meant = suggest(name, known);
  return {
    message: 'is not a setting we know',
    advice: meant === null ? `Known here: ${known.join(', ')}.` : `Did you mean \`${meant}\`?`,
    at: 'name',
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a group of settings',
  array: 'a list',
};

function typeWords(error: ErrorObject): Words {
  const wanted = [error.params.type as string | string[]].flat();
  const message = `must be ${wanted.map((type) => TYPE_NAMES[type] ?? type).join(' or ')}`;
  const scalar = typeof error.data === 'number' || typeof error.data === 'boolean';
  if (wanted.includes('string') && scalar) return { message, advice: 'Put it in quotes.' };
  return {
    message,
    advice: error.data === null ? 'Write a value, or take the line out.' : 'Change the value.',
  };
}

function oneOf(error: ErrorObject, allowed: readonly unknown[]): Words {
  const names = allowed.map(String);
  const meant = typeof error.data === 'string' ? suggest(error.data, names) : null;
  return {
    message: `must be one of ${names.join(', ')}`,
    advice: meant === null ? 'Use one of these words.' : `Did you mean \`${meant}\`?`,
  };
}

function about(error: ErrorObject, member: string): string {
  const properties = error.parentSchema?.properties as Record<string, { title?: string }> | undefined;
  const title = properties?.[member]?.title;
  return title === undefined ? '' : ` (${title})`;
}

/** The value, unless it is long or secret. */
function shown(error: ErrorObject): string {
  const text = String(error.data);
  return text.length <= 20 && error.parentSchema?.writeOnly !== true ? `"${text}"` : 'this';
}

const ADVICE: Readonly<Record<string, string>> = {
  country: 'Write two capital letters, such as US or DE.',
  language: 'Write a language tag in small letters, such as en or pt-br.',
  currency: 'Write three capital letters, such as USD or EUR.',
  queue: 'Write embedded, or an address such as redis://localhost:6379.',
  url: 'Write an address that starts with https://.',
  baseUrl: 'Write an address that starts with https://.',
  port: 'Write a number from 0 to 65535.',
};

function adviceFor(error: ErrorObject): string {
  const name = pointer(error.instancePath).at(-1) ?? '';
  const title = (error.parentSchema as { title?: string; description?: string } | undefined) ?? {};
  return ADVICE[name] ?? title.description ?? (title.title ? `See: ${title.title}.` : 'Change the value.');
}
