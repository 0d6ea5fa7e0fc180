import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './card.module.css';

interface Props {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The content brings its own edges (tables). */
  readonly flush?: boolean;
}

/** A surface with a title. Never inside another. */
export function Card({ title, actions, children, flush }: Props) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
