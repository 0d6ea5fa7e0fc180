import { ATTRIBUTES, ATTRIBUTES_SOURCE, type Attribute } from './attributes.js';

/** The attribute table as a Markdown list, as it stands in the README. */
export function attributeReference(): string {
  const rows = ATTRIBUTES.map((row) => `- \`${row.name}\` (${formOf(row)}${needOf(row)}): ${row.note}`);
  return [...rows, '', `Source: ${ATTRIBUTES_SOURCE}.`].join('\n');
}

function formOf(row: Attribute): string {
  const most = row.max === undefined ? '' : ` ≤ ${row.max}`;
  if (row.type === 'enum') return (row.values ?? []).join(', ');
  if (row.members) return `${row.type}${most}: ${row.members.join(', ').replaceAll('*', '')}`;
  return `${row.type}${most}`;
}

function needOf(row: Attribute): string {
  return `${row.required ? '; required' : ''}${row.offer ? '; offer' : ''}`;
}
