import type { ReactNode } from 'react';
import { say } from '../../strings/say.js';
import styles from './state-chip.module.css';

/** The parts of every sum of listings, in the order of every ledger bar. */
export const LEDGER_PARTS = [
  'live',
  'waiting',
  'blocked',
  'rejected',
  'held',
  'excluded',
  'removing',
] as const;

/** One of them. */
export type LedgerPart = (typeof LEDGER_PARTS)[number];

/** What Omnifeed is doing with a listing: `due` is to be sent, `sent` waits for the channel, `foreign` is somebody else's. */
export type ListingWord =
  | 'live'
  | 'due'
  | 'sent'
  | 'blocked'
  | 'rejected'
  | 'held'
  | 'foreign'
  | 'held-leaving'
  | 'excluded'
  | 'removed'
  | 'removing'
  | 'leaving'
  | 'gone';

/** What every state has beside its word. */
export type Shape = LedgerPart | ListingWord;

/** The token a state or a part of a sum is painted with. */
export const TONE = {
  live: 'live',
  waiting: 'pending',
  due: 'pending',
  sent: 'pending',
  blocked: 'blocked',
  rejected: 'rejected',
  held: 'held',
  foreign: 'held',
  'held-leaving': 'held',
  excluded: 'excluded',
  removed: 'removed',
  removing: 'removed',
  leaving: 'removed',
  gone: 'removed',
} as const satisfies Readonly<Record<Shape, string>>;

/** What shoppers see of a listing, by the channel's own word. */
export type Seen = 'current' | 'limited' | 'older' | 'nothing' | 'unknown' | 'foreign';

interface Props {
  readonly state: ListingWord;
  /** Why, in a sentence; shown on hover and read out. */
  readonly why?: string | null | undefined;
  /** Warnings do not change the state: a small mark with their number. */
  readonly warnings?: number;
  /** Only the shape with the word for assistive technology: where many stand side by side. */
  readonly shapeOnly?: boolean;
}

/** A listing's state: always a shape and a word, colour is the third sign. */
export function StateChip({ state, why, warnings = 0, shapeOnly = false }: Props) {
  const word = say(`state.${state}`);
  const title = shapeOnly && why ? `${word}: ${why}` : (why ?? (shapeOnly ? word : undefined));
  return (
    <span className={styles.pair}>
      <span className={`${styles.chip} ${styles[TONE[state]]} ${shapeOnly ? styles.bare : ''}`} title={title}>
        <StateShape state={state} />
        <span className={shapeOnly ? styles.unseen : ''}>{word}</span>
      </span>
      {warnings > 0 && (
        <span
          className={`${styles.warnings} ${styles.warning}`}
          title={say('state.warnings', { n: warnings })}
        >
          <span aria-hidden="true">! {warnings}</span>
          <span className={styles.unseen}>{say('state.warnings', { n: warnings })}</span>
        </span>
      )}
    </span>
  );
}

/** What a chip can be painted with: a token of a state, or of a warning. */
export type Tone = (typeof TONE)[Shape] | 'warning';

interface WordProps {
  readonly tone: Tone;
  readonly shape: Shape;
  readonly word: string;
  readonly why?: string | null | undefined;
}

/** The state of something that is no listing (an order, a run): the same shapes and colours with words of its own. */
export function WordChip({ tone, shape, word, why }: WordProps) {
  return (
    <span className={styles.pair}>
      <span className={`${styles.chip} ${styles[tone]}`} title={why ?? undefined}>
        <StateShape state={shape} />
        <span>{word}</span>
      </span>
    </span>
  );
}

/** The shape of a state alone, 12 px; decoration beside its word. */
export function StateShape({ state }: { readonly state: Shape }) {
  return (
    <svg className={styles.shape} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}

const RING = <circle cx="6" cy="6" r="4.2" className={styles.hollow} />;
const DIAMOND = <path d="M6 .6 11.4 6 6 11.4.6 6z" />;
const HOLLOW_DASH = <rect x="1.6" y="4.2" width="8.8" height="3.6" rx="1.4" className={styles.hollow} />;

const SHAPES: Readonly<Record<Shape, ReactNode>> = {
  live: <circle cx="6" cy="6" r="5" />,
  waiting: RING,
  due: RING,
  sent: (
    <>
      {RING}
      <path d="M6 1.8a4.2 4.2 0 0 1 0 8.4z" />
    </>
  ),
  blocked: <rect x="1.5" y="1.5" width="9" height="9" rx="1" />,
  rejected: <path d="M6 1 11.4 10.6H.6z" />,
  held: DIAMOND,
  foreign: DIAMOND,
  'held-leaving': DIAMOND,
  excluded: <rect x="1" y="4.8" width="10" height="2.4" rx="1" />,
  removing: HOLLOW_DASH,
  leaving: HOLLOW_DASH,
  removed: HOLLOW_DASH,
  gone: HOLLOW_DASH,
};

/** What shoppers see, as a word; only the channel's own word makes it anything but "not known yet". */
export function SeenWord({ seen, why }: { readonly seen: Seen; readonly why?: string | null | undefined }) {
  return (
    <span className={`${styles.seen} ${styles[`seen_${seen}`] ?? ''}`} title={why ?? undefined}>
      {say(`seen.${seen}`)}
    </span>
  );
}
