import type { Diagnostic } from '../mapping/types.js';

/** A correction an editor can make by itself: this text in place of the finding's range. */
export interface Fix {
  readonly title: string;
  readonly text: string;
}

/** A finding with what could be done about it by one press. */
export interface FixableDiagnostic extends Diagnostic {
  readonly fixes: readonly Fix[];
}

/** Adds corrections where the hint names exactly one. Only for findings whose range is the word in question. Pure. */
export function withFixes(diagnostic: Diagnostic, source: string): FixableDiagnostic {
  const word = rangeText(diagnostic, source);
  const meant = /^did you mean ([\w.-]+)\?$/.exec(diagnostic.hint ?? '')?.[1];
  if (meant !== undefined && /^[\w-]+$/.test(word))
    return { ...diagnostic, fixes: [{ title: `Replace by “${meant}”`, text: meant }] };
  return { ...diagnostic, fixes: [] };
}

function rangeText({ line, column, endLine, endColumn }: Diagnostic, source: string): string {
  const text = source.split('\n')[line - 1] ?? '';
  return line === endLine ? text.slice(column - 1, endColumn - 1) : '';
}
