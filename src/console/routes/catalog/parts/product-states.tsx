import type { ProductLine } from '../../../../api/shapes/products.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { type ListingWord, StateChip } from '../../../ui/state-chip/state-chip.js';
import styles from './product-states.module.css';

/** What needs a look comes first. */
const ORDER: readonly ListingWord[] = [
  'rejected',
  'blocked',
  'held',
  'held-leaving',
  'foreign',
  'sent',
  'due',
  'removing',
  'leaving',
  'live',
  'excluded',
  'removed',
];

interface Props {
  readonly on: ProductLine['channels'][number];
  readonly shapeOnly?: boolean;
}

/** How the variants of a product stand on one channel: a chip per state, with the number where they differ. */
export function ProductStates({ on, shapeOnly = false }: Props) {
  const present = ORDER.filter((word) => (on.words[word] ?? 0) > 0);
  const several = present.length > 1;
  if (present.length === 0) return <span className={styles.none}>—</span>;
  return (
    <span className={styles.states}>
      {present.map((word) => (
        <span key={word} className={styles.state}>
          {several && !shapeOnly && <span className={styles.count}>{count(on.words[word] ?? 0)}</span>}
          <StateChip
            state={word}
            shapeOnly={shapeOnly || several}
            why={`${on.channel}: ${say(`state.${word}`)}`}
          />
        </span>
      ))}
    </span>
  );
}
