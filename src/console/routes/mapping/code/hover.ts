import { type EditorView, hoverTooltip, type Tooltip } from '@codemirror/view';
import type { MappingEnvironment } from '../../../../api/shapes/mapping-types.js';
import { percent } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { textOf } from '../../../ui/json-value/text-of.js';

/** What hovering needs to know: it is asked for when somebody points at something. */
export interface HoverFacts {
  readonly environment: MappingEnvironment | null;
  /** What the preview's product gave each field; absent: it was not read. */
  readonly values: Readonly<Record<string, unknown>>;
}

const WORD = /[A-Za-z_][\w]*(?:\.\w+|\["[^"]*"\])*/g;

/** Tells type and value of a field, or what a function does, of what is pointed at. */
export function hoverHelp(facts: () => HoverFacts) {
  return hoverTooltip((view, at): Tooltip | null => {
    const { from, text } = view.state.doc.lineAt(at);
    const found = [...text.matchAll(WORD)].find(
      ({ index, 0: word }) => from + index <= at && at <= from + index + word.length,
    );
    const lines = found === undefined ? [] : linesOf(found[0], facts());
    if (found === undefined || lines.length === 0) return null;
    const start = from + found.index;
    return {
      pos: start,
      end: start + found[0].length,
      above: true,
      create: (_view: EditorView) => ({ dom: boxOf(lines) }),
    };
  });
}

function linesOf(word: string, { environment, values }: HoverFacts): readonly string[] {
  const field = environment?.fields.find(({ path }) => path === word);
  const value = Object.hasOwn(values, word)
    ? [say('code.value_here', { value: textOf(values[word]) || say('diff.nothing') })]
    : [];
  if (field !== undefined)
    return [
      say('code.field', { label: field.label, type: field.type }),
      ...(field.filled === null ? [] : [say('code.filled', { share: percent(field.filled) })]),
      ...value,
    ];
  const called = environment?.functions.find(({ name }) => name === word);
  if (called !== undefined)
    return [...called.signatures, called.doc, `${called.example.source} → ${called.example.result}`];
  const attribute = environment?.attributes.find(({ name }) => name === word);
  if (attribute?.doc) return [attribute.doc];
  return value;
}

/** Text only: nothing a catalog holds is ever markup. */
function boxOf(lines: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'hover-help';
  box.dir = 'ltr';
  for (const line of lines) {
    const row = document.createElement('p');
    row.textContent = line;
    box.append(row);
  }
  return box;
}
