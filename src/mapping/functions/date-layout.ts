import { BadData } from './definition.js';

const FIELDS = ['yyyy', 'MM', 'dd', 'HH', 'mm'] as const;
const MAX_LAYOUTS = 200;
const layouts = new Map<string, RegExp>();

/**
 * Reads a date in a layout of `yyyy MM dd HH mm` and any other signs between them. The result is wall-clock time in
 * milliseconds, as if it were UTC. Throws `BadData` when the text does not fit or is no real date.
 */
export function readLayout(text: string, layout: string): number {
  const groups = patternOf(layout).exec(text.trim())?.groups;
  if (!groups) throw notADate(text, layout);
  const year = Number(groups.yyyy);
  const month = Number(groups.MM);
  const day = Number(groups.dd ?? 1);
  const hour = Number(groups.HH ?? 0);
  const minute = Number(groups.mm ?? 0);
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  const read = new Date(wall);
  const isReal =
    year >= 1000 && read.getUTCMonth() === month - 1 && read.getUTCDate() === day && hour < 24 && minute < 60;
  if (!isReal) throw notADate(text, layout);
  return wall;
}

function patternOf(layout: string): RegExp {
  const known = layouts.get(layout);
  if (known) return known;
  const pattern = compiled(layout);
  if (layouts.size >= MAX_LAYOUTS) layouts.clear();
  layouts.set(layout, pattern);
  return pattern;
}

function compiled(layout: string): RegExp {
  const seen = new Set<string>();
  const source = layout.trim().replace(/yyyy|MM|dd|HH|mm|[\s\S]/g, (piece) => {
    if (!isField(piece)) return piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    if (seen.has(piece)) throw badLayout(layout);
    seen.add(piece);
    return `(?<${piece}>\\d{${piece.length}})`;
  });
  if (!seen.has('yyyy') || !seen.has('MM')) throw badLayout(layout);
  return new RegExp(`^${source}$`);
}

function isField(piece: string): boolean {
  return (FIELDS as readonly string[]).includes(piece);
}

function badLayout(layout: string): BadData {
  return new BadData(
    `"${layout}" is not a layout: it needs yyyy and MM, each field once`,
    '"…" is not a layout: it needs yyyy and MM, each field once',
  );
}

function notADate(text: string, layout: string): BadData {
  return new BadData(`"${text}" is not a date like ${layout}`, '"…" is not a date like …');
}
