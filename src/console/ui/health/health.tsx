import { say } from '../../strings/say.js';
import styles from './health.module.css';

/** Whether a channel's promises are kept; not how its last job went. */
export type HealthWord = 'on-time' | 'catching-up' | 'late' | 'paused' | 'needs-you' | 'not-started';

/** A channel's health: a mark and a word. Red only when a person must act. */
export function Health({
  health,
  why,
}: {
  readonly health: HealthWord;
  readonly why?: string | null | undefined;
}) {
  return (
    <span className={`${styles.health} ${styles[health]}`} title={why ?? undefined}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {MARKS[health]}
      </svg>
      {say(`health.${health}`)}
    </span>
  );
}

const MARKS = {
  'on-time': <circle cx="5" cy="5" r="4.5" />,
  'catching-up': <path d="M5 .5a4.5 4.5 0 0 1 0 9zM5 1.4a3.6 3.6 0 0 0 0 7.2" fillRule="evenodd" />,
  late: (
    <path
      d="M5 .5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9m-.7 1.8h1.4v2.5l1.8 1-.7 1.2-2.5-1.4z"
      fillRule="evenodd"
    />
  ),
  paused: <path d="M1.5 1h2.6v8H1.5zm4.4 0h2.6v8H5.9z" />,
  'needs-you': <path d="M5 .4 9.8 9.2H.2z" />,
  'not-started': <path d="M1 4h8v2H1z" />,
} as const;
