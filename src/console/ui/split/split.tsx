import type { ReactNode } from 'react';
import styles from './split.module.css';

/** A list on its surface and, beside it, the panel of the row that is open. */
export function Split({ list, panel }: { readonly list: ReactNode; readonly panel: ReactNode }) {
  return (
    <div className={styles.split}>
      <div className={styles.list}>{list}</div>
      {panel}
    </div>
  );
}
