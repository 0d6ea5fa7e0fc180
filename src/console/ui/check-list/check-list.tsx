import { say } from '../../strings/say.js';
import styles from './check-list.module.css';

/** One thing that was looked at. `info`: it is well. */
export interface CheckLine {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly advice: string | null;
}

interface Props {
  readonly label: string;
  readonly lines: readonly CheckLine[];
  /** More may come. */
  readonly running: boolean;
}

const SHAPES = {
  info: <path d="M2 7.5 5.5 11 12 3.5" className={styles.tick} />,
  warning: <path d="M7 1 13.2 12.5H.8z" />,
  error: (
    <path d="M2.6 1.2 7 5.6l4.4-4.4 1.4 1.4L8.4 7l4.4 4.4-1.4 1.4L7 8.4l-4.4 4.4-1.4-1.4L5.6 7 1.2 2.6z" />
  ),
} as const;

/** What a channel says when it is asked, line by line as it comes: a mark, a sentence, and what to do. */
export function CheckList({ label, lines, running }: Props) {
  return (
    <div className={styles.checks} role="status" aria-label={label} aria-busy={running}>
      <ul className={styles.list}>
        {lines.map(({ code, severity, message, advice }) => (
          <li key={`${code} ${message}`} className={styles[severity]}>
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" className={styles.shape}>
              {SHAPES[severity]}
            </svg>
            <span>
              <span className={styles.unseen}>{say(`severity.${severity}`)}: </span>
              <bdi>{message}</bdi>
              {advice !== null && <bdi className={styles.advice}>{advice}</bdi>}
            </span>
          </li>
        ))}
      </ul>
      {running && <p className={styles.running}>{say('check.running')}</p>}
    </div>
  );
}
