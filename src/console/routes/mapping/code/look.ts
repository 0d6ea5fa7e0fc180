import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the console's own colours, which turn dark by themselves. */
export const look = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    lineHeight: '20px',
    maxBlockSize: '65vh',
    minBlockSize: '320px',
  },
  '.cm-content': { caretColor: 'var(--text)', paddingBlock: '8px' },
  '.cm-cursor': { borderInlineStartColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--text-dim)',
    borderInlineEnd: '1px solid var(--hairline)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--row-hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--pending-tint)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    border: '1px solid var(--hairline)',
    borderRadius: 'var(--radius)',
    boxShadow: '0 6px 20px var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxBlockSize: '240px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '8px', maxInlineSize: '320px', whiteSpace: 'pre-line' },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.8' },
  '.hover-help': { padding: '6px 10px', maxInlineSize: '440px', fontFamily: 'var(--sans)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)' },
  '.cm-panel input, .cm-panel button, .cm-panel .cm-button': {
    backgroundColor: 'var(--surface)',
    backgroundImage: 'none',
    color: 'var(--text)',
    border: '1px solid var(--control-border)',
    borderRadius: 'var(--radius-chip)',
  },
  '.cm-panel label': { color: 'var(--text)' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
    padding: '4px 10px',
  },
  '.cm-diagnostic-error': { borderInlineStartColor: 'var(--rejected)' },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warning)' },
  '.cm-changedLine': { backgroundColor: 'var(--live-tint)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--sunken)', color: 'var(--text-dim)', border: 'none' },
  '.cel-text': { color: 'var(--live)' },
  '.cel-number': { color: 'var(--held)' },
  '.cel-call': { color: 'var(--pending)', fontWeight: '600' },
  '.cel-field': { color: 'var(--link)' },
  '.cel-word': { color: 'var(--held)' },
});

/** Names of members and comments; what stands in values is coloured as an expression. */
export const yamlLook = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--text)', fontWeight: '600' },
  { tag: tags.comment, color: 'var(--text-dim)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--text-dim)' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
]);

/** The nonce of this page, which lets the editor add its style sheet under the policy. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
