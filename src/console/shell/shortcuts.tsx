import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { say } from '../strings/say.js';
import { Dialog } from '../ui/dialog/dialog.js';
import { useCommandBox } from './command-box.js';
import { DAILY } from './places.js';
import styles from './shortcuts.module.css';

let sheetOpen = false;
const watchers = new Set<() => void>();

function showSheet(open: boolean): void {
  sheetOpen = open;
  for (const watch of watchers) watch();
}

/** Opens the sheet of shortcuts from a button. */
export function useShortcutSheet(): { open(): void } {
  return { open: () => showSheet(true) };
}

/** Time in which the second letter of `g o` must follow. */
const PAIR_MS = 1500;

/** Whether single keys are shortcuts: not while somebody writes, nor when they are switched off in Settings › Display. */
export function takesKeys(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (document.documentElement.dataset.shortcuts === 'off') return false;
  const target = event.target;
  return !(
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest(
        'input, textarea, select, [role="textbox"], [role="listbox"], [role="menu"], [role="dialog"]',
      ))
  );
}

/** Keys that work on every page: `/` and Ctrl K search, `?` this sheet, `g` and a letter a page, `j` `k` `x` rows, `[` `]` the panel. */
export function Shortcuts() {
  const navigate = useNavigate();
  const box = useCommandBox();
  const open = useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => sheetOpen,
  );
  const [pair] = useState(() => ({ since: 0 }));
  const openBox = box.open;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openBox();
        return;
      }
      if (!takesKeys(event)) return;
      if (Date.now() - pair.since < PAIR_MS) {
        pair.since = 0;
        const place = DAILY.find(({ letter }) => letter === event.key);
        if (place) void navigate({ to: place.to });
        return;
      }
      if (event.key === 'g') pair.since = Date.now();
      else if (event.key === '/') {
        event.preventDefault();
        openBox();
      } else if (event.key === '?') showSheet(true);
      else walkRows(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [navigate, openBox, pair]);
  return (
    <Dialog as="sheet" title={say('keys.title')} open={open} onClose={() => showSheet(false)}>
      <dl className={styles.keys}>
        {KEYS.map(([keys, name]) => (
          <div key={name}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(name)}</dd>
          </div>
        ))}
        {DAILY.map(({ id, letter, name }) =>
          letter === null ? null : (
            <div key={id}>
              <dt>
                <kbd>g</kbd>
                <kbd>{letter}</kbd>
              </dt>
              <dd>{say(name)}</dd>
            </div>
          ),
        )}
      </dl>
      <p className={styles.note}>{say('keys.note')}</p>
    </Dialog>
  );
}

const KEYS = [
  ['/', 'keys.search'],
  ['?', 'keys.sheet'],
  ['j k', 'keys.rows'],
  ['x', 'keys.select'],
  ['Enter', 'keys.open'],
  ['e', 'keys.edit'],
  ['f', 'keys.find'],
  ['Ctrl+Enter', 'keys.main'],
  ['[ ]', 'keys.walk'],
  ['Esc', 'keys.back'],
] as const;

/** `j` and `k` walk the rows of the page's list, `x` ticks the one with the focus. */
function walkRows(event: KeyboardEvent): void {
  if (event.key === '[' || event.key === ']') {
    document.querySelector<HTMLElement>(`[data-step="${event.key === '[' ? 'back' : 'on'}"]`)?.click();
    return;
  }
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (event.key === 'x') rows[at]?.querySelector<HTMLElement>('input[type="checkbox"]')?.click();
  if (event.key !== 'j' && event.key !== 'k') return;
  const next = rows[Math.min(rows.length - 1, Math.max(0, event.key === 'j' ? at + 1 : at - 1))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
