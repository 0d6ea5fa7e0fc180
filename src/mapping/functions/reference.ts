import type { FunctionDefinition } from './definition.js';
import { FUNCTIONS } from './table.js';

const BEGIN = '<!-- Functions: written from the function table, do not edit below this line. -->';
const END = '<!-- End of the functions. -->';

/** The function table as Markdown: a heading and a table per group, in the table's order. */
export function functionReference(): string {
  const groups = new Map<string, FunctionDefinition[]>();
  for (const definition of FUNCTIONS) {
    const rows = groups.get(definition.group) ?? [];
    rows.push(definition);
    groups.set(definition.group, rows);
  }
  return [...groups].map(([group, rows]) => groupTable(group, rows)).join('\n');
}

/**
 * A README with the text between its two function marks replaced by the reference. Throws `TypeError` when a mark is
 * missing: whoever edited the README puts it back.
 */
export function withReference(readme: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new TypeError(`the README needs the lines ${BEGIN} and ${END}`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${functionReference()}\n${readme.slice(end)}`;
}

function groupTable(group: string, rows: readonly FunctionDefinition[]): string {
  const head = `### ${group}\n\n| function | what it does | example → result |\n|---|---|---|\n`;
  return `${head}${rows.map(tableRow).join('')}`;
}

function tableRow({ signatures, doc, example }: FunctionDefinition): string {
  const cells = [
    signatures.map(code).join('<br>'),
    doc.replaceAll('|', '\\|'),
    `${code(example.source)} → ${code(example.result)}`,
  ];
  return `| ${cells.join(' | ')} |\n`;
}

// A bar ends a table cell even inside code.
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
