import { useCallback, useMemo, useRef, useState } from 'react';
import { say } from '../../strings/say.js';
import styles from './data-table.module.css';

/** The rows that are ticked. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  has(key: string): boolean;
  /** `range`: everything between the row ticked last and this one. */
  set(keys: readonly string[], on: boolean): void;
  clear(): void;
}

/** Ticks of a list, kept while its page is open. */
export function useSelection(): Selection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const set = useCallback((changed: readonly string[], on: boolean) => {
    setKeys((before) => {
      const next = new Set(before);
      for (const key of changed) on ? next.add(key) : next.delete(key);
      return next;
    });
  }, []);
  return useMemo(
    () => ({ keys, has: (key) => keys.has(key), set, clear: () => setKeys(new Set()) }),
    [keys, set],
  );
}

let lastTicked: string | null = null;

/** Keys from one row to another, both included, in the order of the list. */
export function rangeOf(keys: readonly string[], from: string | null, to: string): readonly string[] {
  const start = from === null ? -1 : keys.indexOf(from);
  const end = keys.indexOf(to);
  if (start === -1) return [to];
  return keys.slice(Math.min(start, end), Math.max(start, end) + 1);
}

interface RowProps {
  readonly selection: Selection;
  readonly row: string;
  readonly keys: readonly string[];
  readonly label: string;
}

/** The tick box of a row: a native input, since a list has many. Shift selects a range. */
export function RowSelector({ selection, row, keys, label }: RowProps) {
  const shift = useRef(false);
  return (
    <input
      type="checkbox"
      className={styles.native}
      aria-label={label}
      checked={selection.has(row)}
      onClick={(event) => {
        shift.current = event.shiftKey;
      }}
      onChange={(event) => {
        selection.set(shift.current ? rangeOf(keys, lastTicked, row) : [row], event.target.checked);
        lastTicked = row;
      }}
    />
  );
}

/** Ticks or clears all rows of the page. */
export function SelectPage({
  selection,
  keys,
}: {
  readonly selection: Selection;
  readonly keys: readonly string[];
}) {
  const ticked = keys.filter((key) => selection.has(key)).length;
  return (
    <input
      type="checkbox"
      className={styles.native}
      aria-label={say('table.select_page')}
      checked={keys.length > 0 && ticked === keys.length}
      ref={(input) => {
        if (input) input.indeterminate = ticked > 0 && ticked < keys.length;
      }}
      onChange={(event) => selection.set(keys, event.target.checked)}
    />
  );
}
