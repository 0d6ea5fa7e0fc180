import type { ErrorObject } from 'ajv/dist/2019.js';
import type { Issue, Severity } from '../domain/issue.js';
import type { JsonValue } from '../domain/json.js';
import type { KeywordComplaint } from '../domain/schema-keyword.js';

/** What is wrong with a value, in words for a merchant. */
interface Words {
  /** Absent: an error. */
  readonly severity?: Severity;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** A complaint of the schema check as an issue of the listing. */
export function issueOf(error: ErrorObject): Issue {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const missing = error.keyword === 'required' ? String(error.params.missingProperty) : null;
  const attribute = steps[0] ?? missing ?? extraName(error);
  const place = placeText(missing === null ? steps : [...steps, missing]);
  const { severity, code, message, advice } = wordsFor(
    error,
    place === '' ? (attribute ?? 'the listing') : place,
  );
  return {
    severity: severity ?? 'error',
    code,
    ...(attribute === null ? {} : { attribute }),
    origin: 'ours',
    message,
    advice,
  };
}

function extraName(error: ErrorObject): string | null {
  const extra: unknown = error.params.additionalProperty ?? error.params.unevaluatedProperty;
  return typeof extra === 'string' ? extra : null;
}

/** `shipping/0/price` as `shipping 1 → price`. */
export function placeText(steps: readonly string[]): string {
  return steps.reduce(
    (text, step) =>
      /^\d+$/.test(step) ? `${text} ${Number(step) + 1}` : text === '' ? step : `${text} → ${step}`,
    '',
  );
}

function shown(data: unknown): string {
  const text = typeof data === 'string' ? `"${data}"` : (JSON.stringify(data) ?? 'nothing');
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

function wordsFor(error: ErrorObject, place: string): Words {
  const { params } = error;
  const complaint = params.complaint as KeywordComplaint | undefined;
  if (complaint !== undefined) return { ...complaint, message: `${place} ${complaint.says}` };
  const value = shown(error.data);
  switch (error.keyword) {
    case 'required':
      return {
        code: 'missing_attribute',
        message: `${place} is missing`,
        advice: 'Fill it in the catalog, or give it a value in the mapping.',
      };
    case 'enum':
    case 'const':
      return notAllowed(error, place, value);
    case 'maxLength':
      return tooLong(error, place);
    case 'minLength':
      return {
        code: 'too_short',
        message: `${place} is too short: ${value}`,
        advice: `It needs at least ${String(error.schema)} characters.`,
      };
    case 'pattern':
    case 'format':
      return wrongForm(error, place, value);
    case 'type':
      return {
        code: 'wrong_type',
        message: `${place} must be ${typeWord(params.type)}, it is ${value}`,
        advice: 'Change its value in the mapping: text(x) gives a text, number(x) a number.',
      };
    case 'maxItems':
      return {
        code: 'too_many',
        message: `${place} has too many entries`,
        advice: `At most ${String(params.limit)} are allowed; take(list, ${String(params.limit)}) keeps the first.`,
      };
    case 'minItems':
      return {
        code: 'too_few',
        message: `${place} has too few entries`,
        advice: `It needs at least ${String(params.limit)}.`,
      };
    case 'false schema':
      return {
        code: 'not_allowed_attribute',
        message: `${place} is not allowed for this kind of listing`,
        advice: 'Take it out with a rule: remove.',
      };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        code: 'unknown_attribute',
        message: `the channel does not know ${extraName(error) ?? place}`,
        advice: 'Take it out of the mapping, or correct its name.',
      };
    default:
      return rangeOrOther(error, place, value);
  }
}

function notAllowed(error: ErrorObject, place: string, value: string): Words {
  const values = (error.params.allowedValues ?? [error.params.allowedValue]) as readonly JsonValue[];
  const { enumNames } = (error.parentSchema ?? {}) as { enumNames?: readonly JsonValue[] };
  const allowed = values.map((one, at) => {
    const label = Array.isArray(enumNames) ? (enumNames as readonly JsonValue[])[at] : undefined;
    return label === undefined || label === one ? String(one) : `${String(one)} (${String(label)})`;
  });
  const list = allowed.slice(0, 12).join(', ');
  return {
    code: 'not_allowed_value',
    message: `${place} cannot be ${value}`,
    advice: `Allowed: ${list}${allowed.length > 12 ? ' and others' : ''}. A lookup table can translate your values.`,
  };
}

function tooLong(error: ErrorObject, place: string): Words {
  const limit = Number(error.schema);
  return {
    code: 'too_long',
    message: `${place} has ${[...String(error.data)].length} characters, ${limit} are allowed`,
    advice: `Shorten it in the mapping: clip(x, ${limit}).`,
  };
}

function wrongForm(error: ErrorObject, place: string, value: string): Words {
  const described = (error.parentSchema as { description?: unknown } | undefined)?.description;
  const form =
    error.keyword === 'format' ? `a valid ${String(error.params.format)}` : 'in the form the channel wants';
  return {
    code: 'wrong_form',
    message: `${place} is not ${form}: ${value}`,
    advice: typeof described === 'string' ? described : 'Correct it in the catalog or in the mapping.',
  };
}

function typeWord(type: unknown): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'yes or no (true, false)',
    array: 'a list',
    object: 'a map',
  };
  return (Array.isArray(type) ? type : [type])
    .map((name) => words[String(name)] ?? String(name))
    .join(' or ');
}

const RANGES: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
  multipleOf: 'a multiple of',
};

function rangeOrOther(error: ErrorObject, place: string, value: string): Words {
  const range = RANGES[error.keyword];
  if (range === undefined) {
    return {
      code: 'not_valid',
      message: `${place} ${error.message ?? 'is not right'}`,
      advice: 'Correct it in the catalog or in the mapping.',
    };
  }
  const limit = String(error.params.limit ?? error.params.multipleOf);
  return {
    code: 'out_of_range',
    message: `${place} must be ${range} ${limit}, it is ${value}`,
    advice: 'Correct it in the catalog or in the mapping.',
  };
}
