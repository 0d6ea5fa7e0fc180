import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useId, useMemo, useState } from 'react';
import { useMay } from '../app/session.js';
import { say } from '../strings/say.js';
import { Dialog } from '../ui/dialog/dialog.js';
import { SearchField } from '../ui/text-field/text-field.js';
import styles from './command-box.module.css';
import { type Found, searchQuery } from './find.js';
import { DAILY, SET_UP } from './places.js';

const Box = createContext<{ open(): void }>({ open: () => undefined });

/** Opens the search of the whole house. */
export function useCommandBox(): { open(): void } {
  return useContext(Box);
}

/** Holds the search box of the shell: products, listings, orders and pages in one field. */
export function CommandBoxProvider({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const box = useMemo(() => ({ open: () => setOpen(true) }), []);
  return (
    <Box.Provider value={box}>
      {children}
      <Dialog title={say('search.title')} open={open} onClose={() => setOpen(false)}>
        <CommandBox onDone={() => setOpen(false)} />
      </Dialog>
    </Box.Provider>
  );
}

function CommandBox({ onDone }: { readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const listId = useId();
  const pages = usePages(text);
  const { data } = useQuery(searchQuery(text));
  const found: readonly Found[] = [...(data ?? []), ...pages];
  const go = (target: Found | undefined): void => {
    if (!target) return;
    onDone();
    void navigate({ to: target.to });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field inside has the focus; arrows walk the answers below it
    <div
      className={styles.box}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
        else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
        else if (event.key === 'Enter') go(found[at]);
        else return;
        event.preventDefault();
      }}
    >
      <SearchField
        label={say('search.placeholder')}
        value={text}
        onChange={(next) => {
          setText(next);
          setAt(0);
        }}
      />
      <ul id={listId} className={styles.list}>
        {found.map((each, index) => (
          <li key={`${each.kind}:${each.to}`}>
            <button
              type="button"
              className={styles.found}
              data-current={index === at ? '' : undefined}
              onClick={() => go(each)}
            >
              <bdi className={styles.name}>{each.name}</bdi>
              <span className={styles.kind}>{each.beside ?? say(`search.kind.${each.kind}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className={styles.none}>
        {found.length === 0 ? say('search.none') : ''}
      </p>
    </div>
  );
}

function usePages(text: string): Found[] {
  const may = useMay();
  const wanted = text.trim().toLowerCase();
  return [...DAILY, ...SET_UP]
    .filter(({ permission }) => may(permission))
    .map(({ to, name }): Found => ({ kind: 'page', to, name: say(name), beside: null }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
}
