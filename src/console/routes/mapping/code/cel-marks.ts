import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

const MARKS = {
  text: Decoration.mark({ class: 'cel-text' }),
  number: Decoration.mark({ class: 'cel-number' }),
  call: Decoration.mark({ class: 'cel-call' }),
  field: Decoration.mark({ class: 'cel-field' }),
  word: Decoration.mark({ class: 'cel-word' }),
} as const;

/** Texts, numbers, calls, fields, words of the language; in this order. */
const TOKEN =
  /("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(\b\d+(?:\.\d+)?\b)|([A-Za-z_]\w*)(?=\()|((?:product|variant|stock|channel|params|vars|listing)(?:\.\w+|\[[^\]]*\])+)|\b(true|false|null|in|today)\b/g;

/** Scalars whose text may be an expression: values, not names of members. */
const VALUES = /^(Literal|BlockLiteralContent|QuotedLiteral)$/;

/** Colours expressions inside the scalars of the YAML, as far as they are in sight. */
export const celMarks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = marksIn(view);
    }
    update(update: ViewUpdate): void {
      if (
        update.docChanged ||
        update.viewportChanged ||
        syntaxTree(update.startState) !== syntaxTree(update.state)
      )
        this.decorations = marksIn(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function marksIn(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges)
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        if (!VALUES.test(node.name) || node.matchContext(['Key'])) return;
        const text = view.state.sliceDoc(node.from, node.to);
        const quoted = node.name === 'QuotedLiteral' ? 1 : 0;
        for (const found of text.slice(quoted, text.length - quoted).matchAll(TOKEN)) {
          const start = node.from + quoted + found.index;
          builder.add(start, start + found[0].length, markOf(found));
        }
      },
    });
  return builder.finish();
}

function markOf([, text, number, call, field]: RegExpMatchArray): Decoration {
  if (text !== undefined) return MARKS.text;
  if (number !== undefined) return MARKS.number;
  if (call !== undefined) return MARKS.call;
  return field === undefined ? MARKS.word : MARKS.field;
}
