import { Ajv2019, type ErrorObject, type FuncKeywordDefinition } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import type { Issue } from '../domain/issue.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import type { SchemaKeyword } from '../domain/schema-keyword.js';
import { issueOf, placeText } from './schema-words.js';

/** Checks a listing's attributes and says what is wrong with them. Empty: the listing fits. */
export type ListingCheck = (attributes: JsonObject) => readonly Issue[];

/**
 * Compiles a channel's listing schema once; the check then costs microseconds. It never changes the listing: no coercion,
 * no defaults, no removal. Throws when the schema itself is wrong, which the connector's author must mend.
 */
export function compileListingSchema(
  schema: JsonObject,
  keywords: readonly SchemaKeyword[] = [],
): ListingCheck {
  const ajv = new Ajv2019({
    allErrors: true,
    strict: false,
    verbose: true,
    validateSchema: false,
    messages: true,
    // 19.99 is a multiple of 0.01, whatever binary fractions say.
    multipleOfPrecision: 6,
  });
  addFormats.default(ajv);
  countCharactersFast(ajv);
  for (const keyword of keywords) ajv.addKeyword(keywordOf(keyword));
  const { $schema: _dialect, ...rest } = schema;
  const validate = ajv.compile(rest);
  return (attributes) => (validate(attributes) ? NO_ISSUES : issuesOf(validate.errors ?? []));
}

/** A channel's own keyword for ajv; what it finds travels in the error's parameters. */
function keywordOf({ keyword, on, judge }: SchemaKeyword): FuncKeywordDefinition {
  const validate: NonNullable<FuncKeywordDefinition['validate']> = (
    said: JsonValue,
    value: JsonValue,
    parent: object = {},
  ) => {
    const complaint = judge(said, value, parent as JsonObject);
    validate.errors = complaint === null ? [] : [{ keyword, message: complaint.says, params: { complaint } }];
    return complaint === null;
  };
  return { keyword, type: on, errors: true, validate };
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
