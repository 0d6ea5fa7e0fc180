import { Ajv2019, type ErrorObject } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import type { Issue } from '../domain/issue.js';
import type { JsonObject, JsonValue } from '../domain/json.js';

/** Checks a listing's attributes and says what is wrong with them. Empty: the listing fits. */
export type ListingCheck = (attributes: JsonObject) => readonly Issue[];

/**
 * Compiles a channel's listing schema once; the check then costs microseconds. It never changes the listing: no coercion,
 * no defaults, no removal. Throws when the schema itself is wrong, which the connector's author must mend.
 */
export function compileListingSchema(schema: JsonObject): ListingCheck {
  const ajv = new Ajv2019({
    allErrors: true,
    strict: false,
    verbose: true,
    validateSchema: false,
    messages: true,
  });
  addFormats.default(ajv);
  countCharactersFast(ajv);
  ajv.addKeyword({
    keyword: 'maxUtf8ByteLength',
    type: 'string',
    schemaType: 'number',
    errors: false,
    validate: (limit: number, text: string) => text.length * 4 <= limit || Buffer.byteLength(text) <= limit,
  });
  const { $schema: _dialect, ...rest } = schema;
  const validate = ajv.compile(rest);
  return (attributes) => (validate(attributes) ? NO_ISSUES : issuesOf(validate.errors ?? []));
}

/**
 * Lengths are counted in characters, as JSON Schema says. A text has at most as many characters as UTF-16 units and at least
 * half as many, which settles nearly every text without counting.
 */
function countCharactersFast(ajv: Ajv2019): void {
  const keyword = { type: 'string', schemaType: 'number', errors: false } as const;
  ajv.removeKeyword('maxLength').addKeyword({
    ...keyword,
    keyword: 'maxLength',
    validate: (limit: number, text: string) => text.length <= limit || characters(text) <= limit,
  });
  ajv.removeKeyword('minLength').addKeyword({
    ...keyword,
    keyword: 'minLength',
    validate: (limit: number, text: string) =>
      text.length >= limit * 2 || (text.length >= limit && characters(text) >= limit),
  });
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const NO_ISSUES: readonly Issue[] = [];

/** Summaries of a group say nothing a merchant can use: the complaints inside it do. */
const GROUPS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'if', 'not', '$ref']);

function issuesOf(errors: readonly ErrorObject[]): readonly Issue[] {
  const [remaining, merged] = withoutAlternatives(errors);
  const specific = remaining.filter((error) => !GROUPS.has(error.keyword));
  const issues = new Map<string, Issue>();
  for (const issue of [...specific.map(issueOf), ...merged]) {
    const key = `${issue.code}\n${issue.attribute ?? ''}\n${issue.message}`;
    if (!issues.has(key)) issues.set(key, issue);
  }
  return issues.size > 0 ? [...issues.values()] : errors.map(issueOf);
}

/**
 * Alternatives that all failed complain about every branch. When each branch only misses something, that is one
 * issue naming the choice; otherwise the branch whose complaint went deepest is the one that was meant.
 */
function withoutAlternatives(errors: readonly ErrorObject[]): [readonly ErrorObject[], readonly Issue[]] {
  let remaining = errors;
  const merged: Issue[] = [];
  for (const group of errors) {
    if (group.keyword !== 'anyOf' && group.keyword !== 'oneOf') continue;
    const inside = remaining.filter((error) => error.schemaPath.startsWith(`${group.schemaPath}/`));
    if (inside.length === 0) continue;
    remaining = remaining.filter((error) => !inside.includes(error) && error !== group);
    if (inside.every((error) => error.keyword === 'required')) merged.push(choiceIssue(inside));
    else remaining = [...remaining, ...meantBranch(inside, group.schemaPath)];
  }
  return [remaining, merged];
}

function choiceIssue(errors: readonly ErrorObject[]): Issue {
  const names = [...new Set(errors.map((error) => String(error.params.missingProperty)))];
  const [first = ''] = names;
  const steps = (errors[0]?.instancePath ?? '').split('/').slice(1);
  return {
    severity: 'error',
    code: 'missing_attribute',
    attribute: steps[0] ?? first,
    origin: 'ours',
    message: `${placeText([...steps, names.join(' or ')])} is missing`,
    advice: 'Fill one of them in the catalog, or give it a value in the mapping.',
  };
}

function meantBranch(errors: readonly ErrorObject[], groupPath: string): readonly ErrorObject[] {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const branch = error.schemaPath.slice(groupPath.length + 1).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const depth = (branch: readonly ErrorObject[]) =>
    Math.max(...branch.map((error) => error.instancePath.split('/').length));
  return [...branches.values()].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

interface Words {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

function issueOf(error: ErrorObject): Issue {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const missing = error.keyword === 'required' ? String(error.params.missingProperty) : null;
  const attribute = steps[0] ?? missing ?? extraName(error);
  const place = placeText(missing === null ? steps : [...steps, missing]);
  const { code, message, advice } = wordsFor(error, place === '' ? (attribute ?? 'the listing') : place);
  return {
    severity: 'error',
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
function placeText(steps: readonly string[]): string {
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
    case 'maxUtf8ByteLength':
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
  const allowed = ((error.params.allowedValues ?? [error.params.allowedValue]) as readonly JsonValue[]).map(
    String,
  );
  const list = allowed.slice(0, 12).join(', ');
  return {
    code: 'not_allowed_value',
    message: `${place} cannot be ${value}`,
    advice: `Allowed: ${list}${allowed.length > 12 ? ' and others' : ''}. A lookup table can translate your values.`,
  };
}

function tooLong(error: ErrorObject, place: string): Words {
  const inBytes = error.keyword === 'maxUtf8ByteLength';
  const limit = Number(error.schema);
  const text = String(error.data);
  const has = inBytes ? Buffer.byteLength(text) : [...text].length;
  const unit = inBytes ? 'bytes' : 'characters';
  return {
    code: 'too_long',
    message: `${place} has ${has} ${unit}, ${limit} are allowed`,
    advice: `Shorten it in the mapping: ${inBytes ? 'clipBytes' : 'clip'}(x, ${limit}).`,
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
