import { Link } from '@tanstack/react-router';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { buttonClass } from '../button/button.js';
import styles from './pager.module.css';

interface Props {
  /** Rows on this page. */
  readonly rows: number;
  /** Rows before this page, as the address says. */
  readonly from: number;
  readonly next: string | null;
  readonly previous: string | null;
  /** Null: not counted. */
  readonly total: { readonly rows: number; readonly exact: boolean } | null;
}

/** `1–50 of 612`, or `10,000+` where counting would take too long. */
export function positionOf({ rows, from, total }: Pick<Props, 'rows' | 'from' | 'total'>): string {
  const span = { from: count(rows === 0 ? 0 : from + 1), to: count(from + rows) };
  if (total === null) return say('pager.span', span);
  return say(total.exact ? 'pager.of' : 'pager.of_more', { ...span, total: count(total.rows) });
}

/** Moves through a list page by page. The position is in the address; Back returns to the same rows. */
export function Pager({ rows, from, next, previous, total }: Props) {
  return (
    <nav className={styles.pager} aria-label={say('pager.label')}>
      <span role="status">{positionOf({ rows, from, total })}</span>
      <span className={styles.buttons}>
        {(previous !== null || from > 0) && (
          <Step
            cursor={previous}
            from={Math.max(0, from - rows)}
            words={previous === null ? say('pager.first') : say('pager.previous')}
          />
        )}
        {next !== null && <Step cursor={next} from={from + rows} words={say('pager.next')} />}
      </span>
    </nav>
  );
}

function Step({
  cursor,
  from,
  words,
}: {
  readonly cursor: string | null;
  readonly from: number;
  readonly words: string;
}) {
  return (
    <Link
      to="."
      className={buttonClass()}
      search={
        // Whatever page it stands on: the rest of the address stays as it is.
        ((before: Readonly<Record<string, unknown>>) => ({
          ...before,
          cursor: cursor ?? undefined,
          from: cursor === null ? undefined : from,
          open: undefined,
        })) as never
      }
    >
      {words}
    </Link>
  );
}
