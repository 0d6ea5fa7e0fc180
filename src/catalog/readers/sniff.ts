import { OperatorError } from '../../domain/errors.js';
import { plainColumn } from './cells.js';
import type { SourceFormat } from './reader.js';
import type { Dialect } from './text-table.js';

/** What the first bytes of a text say it is. */
export type TextKind = 'xml' | 'json' | 'jsonl' | 'table';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Tells a feed from what servers send in its place. Throws `OperatorError`: `source_empty`, `source_html`,
 * `source_binary`.
 */
export function sniffKind(head: string): TextKind {
  const text = head.trimStart();
  if (text === '') {
    throw new OperatorError(
      'source_empty',
      'The file is empty.',
      'Nothing was changed. Export the products again.',
    );
  }
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body)\b/i.test(text)) {
    const title = /<title[^>]*>([^<]{1,80})/i.exec(text)?.[1]?.trim();
    throw new OperatorError(
      'source_html',
      `The file is a web page${title === undefined ? '' : ` ("${title}")`}, not a product file.`,
      'The server sent a login or error page instead. Check the address and the access rights. Nothing was changed.',
    );
  }
  if (text.includes('\u0000')) {
    throw new OperatorError(
      'source_binary',
      'The file is not text: it contains NUL bytes.',
      'Check the file, or set the encoding of the source if it is a text in UTF-16. Nothing was changed.',
    );
  }
  if (text.startsWith('<')) return 'xml';
  if (text.startsWith('[')) return 'json';
  return text.startsWith('{') ? jsonKind(text) : 'table';
}

function jsonKind(text: string): TextKind {
  const end = text.indexOf('\n');
  const first = (end < 0 ? text : text.slice(0, end)).trim();
  try {
    JSON.parse(first);
    return end >= 0 && text.slice(end).trim().startsWith('{') ? 'jsonl' : 'json';
  } catch {
    return /^\{.*\}\s*$/.test(first) ? 'jsonl' : 'json';
  }
}

/** Delimiter and padding of a table, from its first line. */
export function sniffDialect(head: string): Dialect {
  const line = firstLine(head);
  let delimiter: string = ',';
  let most = 0;
  for (const candidate of DELIMITERS) {
    const count = cellsOf(line, candidate).length - 1;
    if (count > most) {
      most = count;
      delimiter = candidate;
    }
  }
  const padded = delimiter !== '\t' && /\S[ ]{2,},|\S[ ]{2,};|"[ ]+[,;|]/.test(line);
  return { delimiter, quote: '"', escape: '"', padded };
}

/** Names in the header line, as a human would read them. */
export function headerNames(head: string, dialect: Dialect): string[] {
  const delimiter = typeof dialect.delimiter === 'string' ? dialect.delimiter : (dialect.delimiter[0] ?? ',');
  return cellsOf(firstLine(head), delimiter).map((name) => name.trim().replace(/^"|"$/g, ''));
}

/** Recognises the formats that have a reader of their own by the columns only they have. */
export function formatByColumns(names: readonly string[]): SourceFormat | null {
  const columns = new Set(names.map(plainColumn));
  const has = (...wanted: string[]) => wanted.every((name) => columns.has(name));
  if (has('handle') && (has('variant price') || has('option1 value') || has('body (html)')))
    return 'shopify-csv';
  if (has('url handle', 'title') && (has('price') || has('option1 value'))) return 'shopify-csv';
  if (has('sku') && (has('regular price') || has('tax status') || has('visibility in catalog')))
    return 'woocommerce-csv';
  if (has('sku') && (has('product type', 'attribute set code') || has('attribute set', 'category')))
    return 'magento-csv';
  if (has('sku', 'additional attributes') || has('sku', 'configurable variations')) return 'magento-csv';
  if (has('id') && (has('image link') || has('availability', 'price') || has('google product category')))
    return 'google-tsv';
  return null;
}

/** The first line that is not blank; line breaks inside quotes do not end it. */
function firstLine(head: string): string {
  const text = head.replace(/^[\r\n]+/, '');
  let quoted = false;
  for (let place = 0; place < text.length; place++) {
    const letter = text[place];
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === '\n' || letter === '\r')) return text.slice(0, place);
  }
  return text;
}

function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let quoted = false;
  let start = 0;
  for (let place = 0; place < line.length; place++) {
    if (line[place] === '"') quoted = !quoted;
    else if (!quoted && line[place] === delimiter) {
      cells.push(line.slice(start, place));
      start = place + 1;
    }
  }
  cells.push(line.slice(start));
  return cells;
}
