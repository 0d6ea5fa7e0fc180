import { NOT_SENT } from './attributes/not-sent.js';
import { type MetaRow, SOURCES, type ValueType } from './attributes/row.js';
import { ATTRIBUTES } from './attributes.js';

/** The attribute table as Markdown lists, as it stands in the README. */
export function attributeReference(): string {
  const rows = ATTRIBUTES.map((row) => `- \`${row.name}\` (${factsOf(row).join('; ')}): ${row.note}`);
  const sources = Object.entries(SOURCES).map(
    ([key, { what, verified }]) => `- ${key}: ${what} (read ${verified})`,
  );
  const notSent = NOT_SENT.map(({ name, because }) => `- \`${name}\`: ${because}`);
  return [
    ...rows,
    '',
    'Known to Meta and not sent:',
    '',
    ...notSent,
    '',
    'Written from:',
    '',
    ...sources,
  ].join('\n');
}

function factsOf(row: MetaRow): readonly string[] {
  const form = shapeOf(row.type);
  return [
    row.list === null ? form : `list of up to ${row.list}: ${form}`,
    ...(row.requirement === 'optional' ? [] : [row.requirement]),
    ...(row.lane === 'offer' ? ['offer'] : []),
    ...(row.override === null ? [] : [row.override === 'any' ? 'language and country' : 'country']),
    ...(row.read === null || row.read === row.name ? [] : [`read as \`${row.read}\``]),
    ...(row.aliases.length === 0 ? [] : [`formerly ${row.aliases.map((name) => `\`${name}\``).join(', ')}`]),
    row.source,
  ];
}

function shapeOf(type: ValueType): string {
  switch (type.kind) {
    case 'text':
    case 'label':
      return `text ≤ ${type.max}`;
    case 'url':
      return 'address';
    case 'gtin':
      return 'digits';
    case 'money':
      return '`34.00 USD`';
    case 'window':
      return '`2026-11-27T00:00+01:00/2026-11-30T23:59+01:00`';
    case 'date':
      return '`2026-12-31`';
    case 'whole':
      return 'whole number';
    case 'decimal':
      return `${type.min} to ${type.max}`;
    case 'choice':
      return type.values.join(', ');
    case 'measure':
      return `number and ${type.units.join(', ')}`;
    case 'texts':
      return `up to ${type.most} texts`;
    case 'group':
      return `object: ${type.members.map((member) => member.name).join(', ')}`;
  }
}
