import type { AttributeValues, Demand } from './attributes/demand.js';
import { type AttributeRow, type MemberTies, SOURCES, type ValueType } from './attributes/row.js';
import { ATTRIBUTE_GROUPS } from './attributes.js';

/** The attribute table as Markdown lists by subject, as it stands in the README. */
export function attributeReference(): string {
  const groups = ATTRIBUTE_GROUPS.map(({ title, rows }) =>
    [`### ${title}`, '', ...rows.map((row) => `- ${entryOf(row)}`)].join('\n'),
  );
  const sources = Object.entries(SOURCES).map(
    ([key, { what, verified }]) => `- _${key}_: ${what} (read ${verified})`,
  );
  return [...groups, ['### Sources', '', ...sources].join('\n')].join('\n\n');
}

function entryOf(row: AttributeRow): string {
  const usual = row.usual === null ? [] : [`${row.usual} are said to be read`];
  const facts = [formOf(row), ...usual, ...demandsText(row), ...(row.lane === 'offer' ? ['offer'] : [])].join(
    '; ',
  );
  const source = row.source === 'specification' ? '' : ` _${row.source}_`;
  return `\`${row.name}\` ${apiName(row)}: ${facts}.${row.note === '' ? '' : ` ${row.note}`}${source}`;
}

/** The field of `productAttributes`; attributes without one travel under a generic name. */
function apiName({ custom, field }: AttributeRow): string {
  return custom ? `(generic "${field}")` : `(\`${field}\`)`;
}

function demandsText({ demands, requirement }: AttributeRow): readonly string[] {
  if (demands.length === 0) return requirement === 'optional' ? [] : [requirement];
  const texts = new Map<string, string[]>();
  for (const demand of demands) {
    const [before, goods, after] = demandParts(demand);
    const key = JSON.stringify([before, after]);
    texts.set(key, [...(texts.get(key) ?? []), ...(goods === null ? [] : [goods])]);
  }
  return [...texts].map(([key, goods]) => {
    const [before, after] = JSON.parse(key) as [string, string];
    return `${before}${goods.length === 0 ? '' : ` for ${goods.join(', ')}`}${after}`;
  });
}

/** What stands before the kind of goods, the kind, and what stands after it. */
function demandParts(demand: Demand): readonly [string, string | null, string] {
  const { level, countries, branch, notBranch, categories, given, unless } = demand;
  const places = countries === undefined ? '' : ` in ${countriesText(countries)}`;
  const goods = branch ?? (categories === undefined ? null : `${categories.length} categories`);
  const except = notBranch === undefined ? '' : `, not for ${notBranch}`;
  const together = given === undefined ? '' : ` with ${valuesText(given)}`;
  const away = unless === undefined ? '' : `, unless ${valuesText(unless)}`;
  return [`${level === 'must' ? 'required' : 'advised'}${places}`, goods, `${except}${together}${away}`];
}

function countriesText(countries: readonly string[]): string {
  return countries.length > 8 ? `${countries.length} countries` : countries.join(', ');
}

function valuesText(values: AttributeValues): string {
  return Object.entries(values)
    .map(([name, words]) => `\`${name}\`${words.length === 0 ? '' : ` ${words.join('/')}`}`)
    .join(' or ');
}

function formOf(row: AttributeRow): string {
  const form = shapeOf(row.type);
  if (row.list === null) return form;
  return row.plainWhenSingle
    ? `${form}, or a list of 2 to ${row.list}`
    : `list of up to ${row.list}: ${form}`;
}

/** Long lists of values are told by their number; the schema holds them all. */
function shapeOf(type: ValueType): string {
  switch (type.kind) {
    case 'text':
      return type.max === null ? 'text' : `text ≤ ${type.max}`;
    case 'url':
      return 'address';
    case 'gtin':
      return '8, 12, 13 or 14 digits';
    case 'yes-no':
      return '`yes`, `no`';
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'instant':
      return '`2026-11-27T00:00:00Z`';
    case 'interval':
      return '`start/end`';
    case 'price':
      return '`24.99 USD`';
    case 'choice': {
      const values = Object.keys(type.values);
      return values.length > 13
        ? `one of ${values.length} values`
        : values.map((value) => `\`${value}\``).join(', ');
    }
    case 'measure':
      return `number and ${Object.keys(type.units).join(', ')}`;
    case 'group':
      return `object: ${type.members.map((member) => `\`${member.name}\``).join(', ')}${tiesText(type.ties)}`;
  }
}

function tiesText({ clashes, needs }: MemberTies): string {
  const apart = clashes.map(([one, other]) => `not \`${one}\` with \`${other}\``);
  const together = needs.map(([one, other]) => `\`${one}\` only with \`${other}\``);
  const all = [...apart, ...together];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}
