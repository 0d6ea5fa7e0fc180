import type { Diagnostic } from './types.js';

/**
 * A finding as people read it: place, severity, sentence; the line with a caret under the place when its text is given; the
 * correction where we know one.
 */
export function showDiagnostic(diagnostic: Diagnostic, sourceLine?: string): string {
  const { file, line, column, severity, message, hint } = diagnostic;
  const head = `${file}:${line}:${column} ${severity}: ${message}`;
  const gutter = ' '.repeat(String(line).length + 5);
  const width = diagnostic.endLine === line ? Math.max(1, diagnostic.endColumn - column) : 1;
  const source =
    sourceLine === undefined
      ? []
      : [`     ${line} | ${sourceLine}`, `${gutter} | ${' '.repeat(column - 1)}${'^'.repeat(width)}`];
  const correction = hint === undefined ? [] : [`${gutter} = ${hint}`];
  return [head, ...source, ...correction].join('\n');
}
