import type { JsonObject } from '../../src/domain/json.js';

/**
 * One attribute of a file. `single`: a text, number or yes/no · `list`: several of them · `group`: an object ·
 * `groups`: a list of objects.
 */
export interface Column {
  readonly name: string;
  readonly shape: 'single' | 'list' | 'group' | 'groups';
  /** Members of a group in documented order. */
  readonly members?: readonly string[];
  readonly schema: JsonObject;
}

const SCALAR: JsonObject = { type: ['string', 'number', 'boolean'] };

/** A text of at most `max` characters. */
export function text(name: string, max?: number): Column {
  const schema = { type: 'string', minLength: 1, ...(max === undefined ? {} : { maxLength: max }) };
  return { name, shape: 'single', schema };
}

/** A text of a certain form. */
export function matching(name: string, pattern: string): Column {
  return { name, shape: 'single', schema: { type: 'string', pattern } };
}

/** One of a few words. */
export function oneOf(name: string, values: readonly string[]): Column {
  return { name, shape: 'single', schema: { enum: values } };
}

/** A number. */
export function numeric(name: string, type: 'integer' | 'number' = 'integer'): Column {
  return { name, shape: 'single', schema: { type, minimum: 0 } };
}

/** Several texts; a single text stands for a list of one. */
export function list(name: string, most: number, maxLength?: number): Column {
  const one = { type: 'string', minLength: 1, ...(maxLength === undefined ? {} : { maxLength }) };
  return {
    name,
    shape: 'list',
    schema: { anyOf: [one, { type: 'array', maxItems: most, items: one }] },
  };
}

/** An object with these members. */
export function group(name: string, ...members: readonly string[]): Column {
  return { name, shape: 'group', members, schema: groupSchema(members) };
}

/** Several objects with these members. */
export function groups(name: string, ...members: readonly string[]): Column {
  return {
    name,
    shape: 'groups',
    members,
    schema: { type: 'array', maxItems: 1_000, items: groupSchema(members) },
  };
}

function groupSchema(members: readonly string[]): JsonObject {
  const properties = Object.fromEntries(members.map((member) => [member, SCALAR]));
  return { type: 'object', additionalProperties: false, minProperties: 1, properties };
}

const AMOUNT = '^\\d{1,12}(\\.\\d{1,4})? [A-Z]{3}$';
const MOMENT = '\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2}))?';

/** An amount, `34.00 USD`. */
export function amount(name: string): Column {
  return matching(name, AMOUNT);
}

/** A web address. */
export function address(name: string): Column {
  return matching(name, '^https?://\\S+$');
}

/** A day or a moment with offset. */
export function moment(name: string): Column {
  return matching(name, `^${MOMENT}$`);
}

/** A window, `start/end`. */
export function period(name: string): Column {
  return matching(name, `^${MOMENT}/${MOMENT}$`);
}

/** A number with a unit, `0.25 kg`. */
export function measure(name: string): Column {
  return matching(name, '^\\d+(\\.\\d+)? ?[a-z]+$');
}
