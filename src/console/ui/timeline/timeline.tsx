import { fullInstant, moment } from '../../strings/formats.js';
import { useNow } from '../age/age.js';
import styles from './timeline.module.css';

/** One thing that happened. */
export interface TimelineEvent {
  readonly at: string;
  /** Where it happened, or who did it: a word in a column of its own. */
  readonly who: string;
  /** What is told of it: one sentence. */
  readonly what: string;
}

interface Props {
  readonly label: string;
  /** Oldest first. */
  readonly events: readonly TimelineEvent[];
}

/** What happened to one thing, the newest last; the full instant with its zone on hover. */
export function Timeline({ label, events }: Props) {
  const now = useNow();
  return (
    <ol className={styles.timeline} aria-label={label}>
      {events.map(({ at, who, what }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the past does not move
        <li key={place} className={styles.event}>
          <time dateTime={at} title={fullInstant(at)} className={styles.at}>
            {moment(at, now)}
          </time>
          <span className={styles.who}>{who}</span>
          <span className={styles.what}>
            <bdi>{what}</bdi>
          </span>
        </li>
      ))}
    </ol>
  );
}
