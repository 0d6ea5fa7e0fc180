import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Finding } from '../../../../api/shapes/mapping-types.js';
import { say } from '../../../strings/say.js';
import styles from './code.module.css';
import { offered, offers, openEditor } from './editor.js';
import type { HoverFacts } from './hover.js';

interface Props {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly facts: HoverFacts;
  readonly readOnly: boolean;
  /** Line to begin at. */
  readonly line: number | undefined;
  onChange(text: string): void;
}

/** The whole text with colours, completion, squiggles and corrections. */
export function CodeEditor({ text, findings, facts, readOnly, line, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ facts, onChange, text });
  latest.current = { facts, onChange, text };
  useEffect(() => {
    if (place.current === null) return undefined;
    const editor = openEditor({
      parent: place.current,
      text: latest.current.text,
      label: say('code.label'),
      readOnly,
      facts: () => latest.current.facts,
      onChange: (next) => latest.current.onChange(next),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [readOnly]);
  useEffect(() => {
    // The text moved elsewhere: undo in another view, somebody's newer draft.
    const editor = view.current;
    if (editor !== null && editor.state.doc.toString() !== text)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const found = findings.map((finding) => underlined(editor.state.doc, finding));
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [findings]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is offered changes with the environment alone
  useEffect(() => {
    view.current?.dispatch({ effects: offers.reconfigure(offered(latest.current.facts)) });
  }, [facts.environment]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || line === undefined) return;
    const at = editor.state.doc.line(Math.min(Math.max(1, line), editor.state.doc.lines)).from;
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    editor.focus();
  }, [line]);
  return <div ref={place} className={styles.editor} />;
}

function underlined(doc: Text, finding: Finding): Diagnostic {
  const { line, column, endLine, endColumn, severity, message, hint, fixes } = finding;
  const at = (row: number, sign: number): number => {
    const { from, length } = doc.line(Math.min(Math.max(1, row), doc.lines));
    return from + Math.min(sign - 1, length);
  };
  const from = at(line, column);
  return {
    from,
    to: Math.max(from, at(endLine, endColumn)),
    severity,
    message: hint === undefined ? message : `${message}\n${hint}`,
    actions: fixes.map(({ title, text }) => ({
      name: title,
      apply: (view, start, end) => view.dispatch({ changes: { from: start, to: end, insert: text } }),
    })),
  };
}
