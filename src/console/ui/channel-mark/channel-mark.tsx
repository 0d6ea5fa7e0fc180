import { say } from '../../strings/say.js';
import styles from './channel-mark.module.css';

interface Props {
  readonly channel: string;
  /** A channel on a simulator is unmistakable wherever it is named. */
  readonly practice?: boolean;
}

/** A channel's name with its two-letter tile; never a logo. */
export function ChannelMark({ channel, practice = false }: Props) {
  return (
    <span className={styles.channel}>
      <span className={`${styles.tile} ${practice ? styles.practice : ''}`} aria-hidden="true">
        {lettersOf(channel)}
      </span>
      <bdi className={styles.name}>{channel}</bdi>
      {practice && <span className={styles.word}>{say('channel.practice')}</span>}
    </span>
  );
}

/** `google-us` → `GU`: the first letters of its words. */
export function lettersOf(channel: string): string {
  const words = channel.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters = words.length > 1 ? words.map((word) => [...word][0]) : [...(words[0] ?? '')].slice(0, 2);
  return letters.slice(0, 2).join('').toUpperCase();
}
