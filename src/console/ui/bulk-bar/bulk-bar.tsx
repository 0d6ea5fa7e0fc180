import type { ReactNode } from 'react';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Button } from '../button/button.js';
import styles from './bulk-bar.module.css';

interface Props {
  /** How many rows are ticked. */
  readonly n: number;
  onClear(): void;
  /** What can be done with them. */
  readonly children: ReactNode;
  /** Beside the number: the offer to take all that match. */
  readonly more?: ReactNode;
}

/** What can be done with the ticked rows of a list; it stands above them while any is ticked. */
export function BulkBar({ n, onClear, children, more }: Props) {
  return (
    <section className={styles.bar} aria-label={say('bulk.label')}>
      <span role="status" className={styles.count}>
        {say('bulk.count', { n: count(n) })}
      </span>
      {more}
      <span className={styles.actions}>
        {children}
        <Button kind="quiet" onPress={onClear}>
          {say('bulk.clear')}
        </Button>
      </span>
    </section>
  );
}
