import type { ReactNode } from 'react';
import { say } from '../strings/say.js';
import { Toasts } from '../ui/toast/toast.js';
import styles from './front-door.module.css';

/** The frame of pages outside the shell: sign-in and set-up. One surface, one task. */
export function FrontDoor({ children, wide }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <div className={styles.door}>
      <header className={styles.brand}>
        <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" className={styles.mark}>
          <rect width="32" height="32" rx="7" />
          <path d="M7 10h18M7 16h18M7 22h18" />
          <circle cx="12" cy="10" r="3.4" />
          <circle cx="20" cy="16" r="3.4" />
          <circle cx="14" cy="22" r="3.4" />
        </svg>
        <span>{say('app.name')}</span>
      </header>
      <main className={`${styles.surface} ${wide ? styles.wide : ''}`}>{children}</main>
      <Toasts />
    </div>
  );
}
