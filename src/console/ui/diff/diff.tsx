import { say } from '../../strings/say.js';
import styles from './diff.module.css';
import { type Piece, wordChanges } from './word-changes.js';

interface Props {
  /** As it is; null: there is none. */
  readonly before: string | null;
  /** As it will be; null: it goes away. */
  readonly after: string | null;
}

/** A change of one value: the old struck, the new marked, word by word; read out as "changed from … to …". */
export function Diff({ before, after }: Props) {
  const whole = (text: string): Piece[] => [{ text, changed: true }];
  const marked =
    before !== null && after !== null
      ? wordChanges(before, after)
      : { before: whole(before ?? ''), after: whole(after ?? '') };
  return (
    <span className={styles.diff}>
      <span className={styles.unseen}>{spoken(before, after)}</span>
      <span aria-hidden="true">
        {before !== null && (
          <>
            <bdi>{marked.before.map(partOf(styles.removed))}</bdi>
            <span className={styles.arrow}>→</span>
          </>
        )}
        {after === null ? (
          <span className={styles.gone}>{say('diff.nothing')}</span>
        ) : (
          <bdi>{marked.after.map(partOf(styles.added))}</bdi>
        )}
      </span>
    </span>
  );
}

function partOf(className: string | undefined) {
  return ({ text, changed }: Piece, at: number) => (
    <span key={at} className={changed ? className : undefined}>
      {text}
    </span>
  );
}

function spoken(before: string | null, after: string | null): string {
  if (before === null) return say('diff.new', { after: after ?? '' });
  return after === null ? say('diff.gone', { before }) : say('diff.changed', { before, after });
}
