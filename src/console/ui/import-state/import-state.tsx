import type { ImportRow } from '../../../api/shapes/sources.js';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import styles from './import-state.module.css';

/** How imports can stand, as the house calls it. */
const STATES = ['staging', 'merged', 'held', 'failed'] as const;

/** How an import stands: a mark and a word. Null: there was none. */
export function ImportState({ state }: { readonly state: string | null }) {
  if (state === null) return <span className={styles.state}>{say('import.none')}</span>;
  const known = STATES.find((one) => one === state);
  return (
    <span className={`${styles.state} ${known === undefined ? '' : styles[known]}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {known === 'failed' || known === 'held' ? (
          <path d="M5 .4 9.8 9.2H.2z" />
        ) : known === 'staging' ? (
          <circle cx="5" cy="5" r="3.7" className={styles.ring} />
        ) : (
          <circle cx="5" cy="5" r="4.5" />
        )}
      </svg>
      {known === undefined ? state : say(`import.${known}`)}
    </span>
  );
}

/** A number of the facts of an import; null: it is not known. */
export function factIn({ facts }: Pick<ImportRow, 'facts'>, name: string): number | null {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
}

/** `209 variants · 5 rows set aside`; empty while nothing is known. */
export function importSum(row: Pick<ImportRow, 'facts'>): string {
  const variants = factIn(row, 'variants');
  const aside = factIn(row, 'rejectedRows');
  if (variants === null) return '';
  return aside === null || aside === 0
    ? say('import.sum', { variants: count(variants) })
    : say('import.sum_aside', { variants: count(variants), aside: count(aside) });
}

/** Why an import is held, in the house's words; empty: it is not. */
export function heldReasons({ facts }: Pick<ImportRow, 'facts'>): string {
  const { heldBecause } = facts;
  if (!Array.isArray(heldBecause)) return '';
  return heldBecause
    .flatMap((reason) =>
      typeof reason === 'object' && reason !== null && !Array.isArray(reason) ? [String(reason.message)] : [],
    )
    .join(' ');
}
