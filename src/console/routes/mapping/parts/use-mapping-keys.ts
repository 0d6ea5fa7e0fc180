import { useEffect } from 'react';
import { takesKeys } from '../../../shell/shortcuts.js';
import type { DraftStore } from '../draft/draft-store.js';

interface Keys {
  readonly store: DraftStore;
  review(): void;
}

/** Ctrl Enter reviews the impact, Ctrl S keeps the draft at once, Ctrl Z and Ctrl Shift Z undo and redo outside of fields, `f` finds, `e` opens the card with the focus. */
export function useMappingKeys({ store, review }: Keys): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const ctrl = event.ctrlKey || event.metaKey;
      if (ctrl && event.key === 'Enter' && !inDialog(event)) {
        event.preventDefault();
        review();
      } else if (ctrl && event.key.toLowerCase() === 's') {
        event.preventDefault();
        void store.flush();
      } else if (ctrl && event.key.toLowerCase() === 'z' && !isWriting(event)) {
        event.preventDefault();
        if (event.shiftKey) store.redo();
        else store.undo();
      } else if (event.key === 'f' && takesKeys(event)) {
        event.preventDefault();
        document.querySelector<HTMLElement>('main input[type="search"]')?.focus();
      }
    };
    // Before the fields and buttons of the page, which keep Enter for themselves.
    document.addEventListener('keydown', pressed, true);
    return () => document.removeEventListener('keydown', pressed, true);
  }, [store, review]);
}

function inDialog({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null;
}

/** Fields and the code editor have an undo of their own. */
function isWriting({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea') !== null)
  );
}
