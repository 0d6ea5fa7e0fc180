import { parseDocument } from 'yaml';

/** Where a scalar is to stand. */
export interface ScalarSpot {
  /** Inside { } or [ ], where commas end values and blocks cannot be. */
  readonly flow: boolean;
  /** Columns of the lines of a block below its key. */
  readonly indent: number;
}

/** An expression as a YAML value that reads back as this very text: bare where it can be, else in quotes, else as a block. */
export function writeScalar(text: string, spot: ScalarSpot): string {
  const value = text.trim();
  if (!value.includes('\n')) {
    if (isBare(value, spot.flow)) return value;
    return `'${value.replaceAll("'", "''")}'`;
  }
  if (spot.flow) return JSON.stringify(value);
  const indent = ' '.repeat(spot.indent);
  const lines = value.split('\n').map((line) => (line.trim() === '' ? '' : indent + line));
  return `|-\n${lines.join('\n')}`;
}

/** Letters first, nothing YAML would take for its own: checked by reading it back. */
function isBare(value: string, flow: boolean): boolean {
  if (!/^[A-Za-z]/.test(value) || /: |:$| #|[\t]/.test(value)) return false;
  if (flow && /[,[\]{}]/.test(value)) return false;
  const read: unknown = parseDocument(flow ? `[${value}]` : value).toJS();
  return (flow && Array.isArray(read) ? read[0] : read) === value;
}
