import { yaml } from '@codemirror/lang-yaml';
import { syntaxHighlighting } from '@codemirror/language';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import styles from './code.module.css';
import { look, pageNonce, yamlLook } from './look.js';

interface Side {
  readonly name: string;
  readonly text: string;
}

interface Props {
  readonly before: Side;
  readonly after: Side;
  /** The later side may be edited, and changes of the earlier one taken over. Absent: it is only looked at. */
  onChange?(text: string): void;
}

/** Two texts side by side, changes marked, what is equal folded. */
export function MergePanes({ before, after, onChange }: Props) {
  const place = useRef<HTMLElement>(null);
  const latest = useRef(onChange);
  latest.current = onChange;
  const editable = onChange !== undefined;
  // While the later side is edited its own text must not begin it anew.
  const start = useRef(after.text);
  if (!editable) start.current = after.text;
  const later = editable ? '' : after.text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `later` is what begins it anew
  useEffect(() => {
    if (place.current === null) return undefined;
    const common = (label: string): Extension[] => [
      EditorView.cspNonce.of(pageNonce()),
      lineNumbers(),
      yaml(),
      look,
      syntaxHighlighting(yamlLook),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, dir: 'ltr' }),
    ];
    const view = new MergeView({
      parent: place.current,
      a: { doc: before.text, extensions: [...common(before.name), EditorState.readOnly.of(true)] },
      b: {
        doc: start.current,
        extensions: [
          ...common(after.name),
          EditorState.readOnly.of(!editable),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current?.(update.state.doc.toString());
          }),
        ],
      },
      ...(editable ? { revertControls: 'a-to-b' as const } : {}),
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
    return () => view.destroy();
  }, [before.text, editable, later, before.name, after.name]);
  return (
    <>
      <div className={styles.heads} aria-hidden="true">
        <span>{before.name}</span>
        <span>{after.name}</span>
      </div>
      <section
        ref={place}
        className={styles.merge}
        aria-label={`${before.name} – ${after.name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      />
    </>
  );
}
