import { duration, fullInstant, moment } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { useNow } from '../age/age.js';
import { WordChip } from '../state-chip/state-chip.js';
import styles from './ship-clock.module.css';

interface Props {
  /** Null: the channel names no time. */
  readonly at: string | null;
  /** Nothing is left to be sent: the time is history. */
  readonly done?: boolean;
}

const SOON_MS = 24 * 3_600_000;

/** By when an order must leave: late ones with a shape and the words, those of the next day in amber. */
export function ShipClock({ at, done = false }: Props) {
  const now = useNow();
  if (at === null) return <span>—</span>;
  const left = new Date(at).getTime() - now;
  if (done) return <time dateTime={at}>{moment(at, now)}</time>;
  if (left < 0)
    return (
      <WordChip
        tone="rejected"
        shape="rejected"
        word={say('ship.late', { span: duration(-left) })}
        why={fullInstant(at)}
      />
    );
  if (left < SOON_MS)
    return (
      <WordChip
        tone="warning"
        shape="waiting"
        word={say('ship.soon', { span: duration(left) })}
        why={fullInstant(at)}
      />
    );
  return (
    <time dateTime={at} title={fullInstant(at)} className={styles.later}>
      {moment(at, now)}
    </time>
  );
}
