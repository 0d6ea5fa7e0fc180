import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import {
  forEachDiagnostic,
  lintGutter,
  lintKeymap,
  nextDiagnostic,
  previousDiagnostic,
} from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { celMarks } from './cel-marks.js';
import { completionsOf } from './completions.js';
import { type HoverFacts, hoverHelp } from './hover.js';
import { look, pageNonce, yamlLook } from './look.js';

/** What the editor of a mapping is given. */
export interface EditorSet {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  facts(): HoverFacts;
  onChange(text: string): void;
}

/** Where what is offered while one writes is kept: it comes later than the editor. */
export const offers = new Compartment();

/** Makes the editor. Tab indents; Escape, then Tab leaves. */
export function openEditor({ parent, text, label, readOnly, facts, onChange }: EditorSet): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(pageNonce()),
        lineNumbers(),
        highlightActiveLineGutter(),
        foldGutter(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        yaml(),
        celMarks,
        look,
        syntaxHighlighting(yamlLook),
        offers.of(offered(facts())),
        hoverHelp(facts),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, dir: 'ltr', spellcheck: 'false' }),
        EditorState.readOnly.of(readOnly),
        keymap.of([
          { key: 'F8', run: nextDiagnostic },
          { key: 'Shift-F8', run: previousDiagnostic },
          { key: 'Ctrl-.', run: applyFix },
          ...closeBracketsKeymap,
          ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
}

/** Completion from what the environment knows. */
export function offered({ environment }: HoverFacts) {
  return autocompletion({ override: [completionsOf(environment)], icons: false, maxRenderedOptions: 60 });
}

/** Ctrl . : makes the first correction of the finding at the cursor; where there is none, goes to the next finding. */
function applyFix(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  let done = false;
  forEachDiagnostic(view.state, (found, from, to) => {
    const [action] = found.actions ?? [];
    if (done || action === undefined || head < from || head > to) return;
    action.apply(view, from, to);
    done = true;
  });
  return done || nextDiagnostic(view);
}
