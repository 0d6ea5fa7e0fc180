import { type AttributeRow, SOURCES, type ValueType } from './attributes/row.js';
import { ATTRIBUTES } from './attributes.js';

/** The attribute table as a Markdown list, as it stands in the README. */
export function attributeReference(): string {
  const rows = ATTRIBUTES.map((row) => {
    const facts = [formOf(row), ...needsOf(row)].join('; ');
    return `- \`${row.name}\` (${facts})${row.note === '' ? '' : `: ${row.note}`}`;
  });
  const sources = Object.values(SOURCES).map(({ what, verified }) => `- ${what} (read ${verified})`);
  return [...rows, '', 'Written from:', '', ...sources].join('\n');
}

function needsOf(row: AttributeRow): readonly string[] {
  const need = row.requirement === 'optional' ? [] : [row.requirement];
  return [...need, ...(row.lane === 'offer' ? ['offer'] : []), ...(row.custom ? ['generic'] : [])];
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
      return 'start`/`end';
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
      return `object: ${type.members.map((member) => `\`${member.name}\``).join(', ')}`;
  }
}
