import type { ImportResult } from '../catalog/import-result.js';
import type { RowError } from '../catalog/readers/reader.js';
import { table } from './table.js';

/** What an import says to people: what was read, what changed, what was left out, and the first complaints. */
export function showImport(source: string, result: ImportResult, complaints: readonly RowError[]): string {
  if (result.sameAs !== undefined) {
    const { products, variants, sameAs } = result;
    return `${source}: the server says that the file is the one import ${sameAs} read (${products} products, ${variants} variants); nothing to do`;
  }
  const lines = [readLine(source, result), ...outcomeLines(source, result)];
  for (const complaint of complaints) lines.push(complaintLine(complaint));
  const more = result.errors + result.warnings - complaints.length;
  if (more > 0) lines.push(`  … ${kindsOf(result)}; all of them: omnifeed complaints ${source}`);
  return lines.join('\n');
}

function kindsOf({ complaintsByCode }: ImportResult): string {
  const kinds = Object.entries(complaintsByCode).map(([code, count]) => `${count} × ${code}`);
  return kinds.join(', ');
}

function readLine(source: string, result: ImportResult): string {
  const { rows, products, variants, format, mapping, encoding, encodingCertain, delimiter } = result;
  if (format === 'shop') {
    const what =
      result.changedSince === undefined ? 'everything' : `what changed since ${result.changedSince}`;
    return `${source}: ${what} of the shop → ${products} products, ${variants} variants`;
  }
  const how = [
    ...(mapping === undefined ? [] : [`mapping ${mapping}`]),
    `${encoding}${encodingCertain ? '' : ', inferred'}`,
    ...(delimiter === undefined ? [] : [`cells end at ${JSON.stringify(delimiter)}`]),
  ];
  return `${source}: ${rows} rows of ${format} (${how.join('; ')}) → ${products} products, ${variants} variants`;
}

function outcomeLines(source: string, result: ImportResult): string[] {
  const left = [
    `${result.rejectedRows} rows rejected`,
    ...(result.skusGenerated === 0 ? [] : [`${result.skusGenerated} variants without SKU go by a made one`]),
  ].join('; ');
  if (result.state === 'held') {
    const why = (result.heldBecause ?? []).map((reason) => `    ${reason.message}`);
    const through = `  to let it through: omnifeed import ${source} --force ${result.checksum}`;
    return ['  HELD, nothing changed:', ...why, through, `  ${left}`];
  }
  const { productsCreated, productsChanged, productsEnded, created, changed, ended } = result;
  const unchanged = result.products - result.productsCreated - result.productsChanged;
  const counts = table(
    ['', 'created', 'changed', 'ended', 'unchanged'],
    [
      ['products', productsCreated, productsChanged, productsEnded, unchanged],
      ['variants', created, changed, ended, result.unchanged],
    ],
  );
  return [...counts.split('\n').map((line) => `  ${line}`), `  ${left}`];
}

/** One complaint in one line: `line 4, Variant Price (B-1): warning: …`. */
export function complaintLine({ line, column, key, severity, reason }: RowError): string {
  const where = column === undefined ? '' : `, ${column}`;
  return `  line ${line}${where}${key === undefined ? '' : ` (${key})`}: ${severity}: ${reason}`;
}
