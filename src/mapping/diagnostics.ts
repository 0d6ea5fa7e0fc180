import { showDiagnostic } from './show-diagnostic.js';
import { type Place, positionAt } from './source-file.js';
import type { Diagnostic } from './types.js';

interface Detail {
  readonly hint?: string | null;
  readonly path?: string;
}

/** By file, line and column. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1) || a.line - b.line || a.column - b.column,
  );
}

/** Collects what the loader and the checks find, in the order of the file. */
export class DiagnosticSink {
  private readonly found: Diagnostic[] = [];
  private readonly faulty: Place[] = [];
  private errors = 0;

  get hasErrors(): boolean {
    return this.errors > 0;
  }

  /** Whether an error was found at a place or inside it: what follows from it need not be said as well. */
  hasErrorIn(place: Place): boolean {
    return this.faulty.some(
      ({ file, start }) => file === place.file && start >= place.start && start <= place.end,
    );
  }

  /** Something that keeps the mapping from being used. */
  error(code: string, place: Place, message: string, detail: Detail = {}): void {
    this.errors++;
    this.faulty.push(place);
    this.add('error', code, { place, message, detail });
  }

  /** Something that is probably not meant. */
  warning(code: string, place: Place, message: string, detail: Detail = {}): void {
    this.add('warning', code, { place, message, detail });
  }

  /** Everything found, by file, line and column. */
  all(): readonly Diagnostic[] {
    return inOrder(this.found);
  }

  private add(
    severity: 'error' | 'warning',
    code: string,
    finding: { place: Place; message: string; detail: Detail },
  ): void {
    const { place, message, detail } = finding;
    const start = positionAt(place.file, place.start);
    const end = positionAt(place.file, Math.max(place.start, place.end));
    this.found.push({
      severity,
      code,
      file: place.file.name,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      message,
      ...(detail.hint === undefined || detail.hint === null ? {} : { hint: detail.hint }),
      path: detail.path ?? '',
    });
  }
}

/** A finding with its line, found in the file's text; without a text only the sentence and the hint. */
export function diagnosticText(diagnostic: Diagnostic, source: string | null): string {
  return showDiagnostic(diagnostic, source?.split('\n')[diagnostic.line - 1]);
}
