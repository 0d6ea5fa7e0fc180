import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { LEDGER_PARTS, type LedgerPart, StateShape, TONE } from '../state-chip/state-chip.js';
import styles from './ledger-bar.module.css';
import { segmentsOf } from './segments.js';

/** How many listings are in each part, as the API counts them. */
export interface LedgerCounts extends Readonly<Record<LedgerPart, number>> {
  readonly catalog: number;
  /** Of variants that left the catalog and are still on the channel. */
  readonly leaving: number;
  /** 0: it adds up. */
  readonly unaccounted: number;
}

interface Props {
  readonly ledger: LedgerCounts;
  /** The lists behind the numbers are those of this channel. */
  readonly channel?: string;
  /** The run that is named when the sum fails. */
  readonly run?: string;
  /** Without the sum in words: where it stands beside. */
  readonly barOnly?: boolean;
}

/** Parts that are only named when there are any. */
const ONLY_WHEN_ANY: readonly LedgerPart[] = ['removing'];

/** The catalog as a sum of states: one bar in fixed order, then the sum in words, each number a link to exactly that list. */
export function LedgerBar({ ledger, channel, run, barOnly = false }: Props) {
  const total = LEDGER_PARTS.reduce((sum, part) => sum + ledger[part], 0);
  const missing = ledger.catalog + ledger.leaving - total;
  if (missing !== 0 || ledger.unaccounted !== 0)
    return <Broken missing={ledger.unaccounted || missing} run={run} />;
  return (
    <div className={styles.ledger}>
      <svg
        className={styles.bar}
        viewBox="0 0 1000 12"
        preserveAspectRatio="none"
        role="img"
        aria-label={summary(ledger)}
      >
        {segmentsOf(ledger, total).map(({ part, from, size }) => (
          <rect
            key={part}
            x={from}
            width={size}
            height="12"
            className={styles[TONE[part]]}
            data-part={part}
          />
        ))}
      </svg>
      {!barOnly && <Sum ledger={ledger} channel={channel} />}
    </div>
  );
}

function Sum({ ledger, channel }: { readonly ledger: LedgerCounts; readonly channel: string | undefined }) {
  const shown = LEDGER_PARTS.filter((part) => !ONLY_WHEN_ANY.includes(part) || ledger[part] > 0);
  return (
    <p className={styles.sum}>
      <span>
        <PartLink channel={channel} part={null} n={ledger.catalog} />
        {ledger.leaving > 0 && ` ${say('ledger.leaving', { n: count(ledger.leaving) })}`} ={' '}
      </span>
      {shown.map((part, at) => (
        <Fragment key={part}>
          {at > 0 && <span aria-hidden="true">+</span>}
          <span className={styles.part}>
            <span className={styles[TONE[part]]}>
              <StateShape state={part} />
            </span>
            <PartLink channel={channel} part={part} n={ledger[part]} />
          </span>
        </Fragment>
      ))}
    </p>
  );
}

interface PartLinkProps {
  readonly channel: string | undefined;
  readonly part: LedgerPart | null;
  readonly n: number;
}

function PartLink({ channel, part, n }: PartLinkProps) {
  const search = { ...(channel === undefined ? {} : { channel }), ...(part === null ? {} : { state: part }) };
  const words = part === null ? count(n) : say(`ledger.${part}`, { n: count(n) });
  return (
    <Link
      to="/listings"
      search={search}
      className={styles.link}
      aria-label={part === null ? say('ledger.all', { n: count(n) }) : words}
    >
      {words}
    </Link>
  );
}

/** The sum as one sentence, for the picture's name. */
export function summary(ledger: LedgerCounts): string {
  const words = LEDGER_PARTS.filter((part) => ledger[part] > 0).map((part) =>
    say(`ledger.${part}`, { n: count(ledger[part]) }),
  );
  return say('ledger.sum', { total: count(ledger.catalog), parts: words.join(' + ') || count(0) });
}

function Broken({ missing, run }: { readonly missing: number; readonly run: string | undefined }) {
  return (
    <p className={styles.broken} role="alert">
      {say('ledger.broken', { n: Math.abs(missing) })}{' '}
      {run !== undefined && say('ledger.broken_run', { run })}
    </p>
  );
}
