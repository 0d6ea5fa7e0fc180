import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { say } from '../../strings/say.js';
import styles from './page-head.module.css';

interface Props {
  readonly title: ReactNode;
  /** The title as text, for the window; from the particular to the general: `['Blocked', 'Listings']`. */
  readonly name: readonly string[];
  /** Beside the title: a count, a state. */
  readonly beside?: ReactNode;
  /** Exactly one of them primary. */
  readonly actions?: ReactNode;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
}

/** The head of a page: its one `h1`, which takes the focus after a change of page, and the title of the window. */
export function PageHead({ title, name, beside, actions, lead }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const windowTitle = [...name, say('app.name')].join(' · ');
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path moves the focus, nothing else does
  useEffect(() => {
    if (focusHeading) heading.current?.focus({ preventScroll: true });
    focusHeading = true;
  }, [path]);
  return (
    <header className={styles.head}>
      <div className={styles.row}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {beside !== undefined && <div className={styles.beside}>{beside}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
    </header>
  );
}

/** Not on the first page: there the browser's own start of the document is right. */
let focusHeading = false;
