import { say } from '../../strings/say.js';
import styles from './json-value.module.css';
import { textOf } from './text-of.js';

interface Props {
  readonly value: unknown;
  /** Said when there is none: it is absent, or nobody knows. */
  readonly none?: string;
}

/** A value of a listing or a source: text as text, everything else as it is written. */
export function JsonValue({ value, none }: Props) {
  if (value === null || value === undefined || value === '')
    return <span className={styles.none}>{none ?? say('value.none')}</span>;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return <bdi className={styles.text}>{textOf(value)}</bdi>;
  return (
    <code dir="ltr" className={styles.code}>
      {textOf(value)}
    </code>
  );
}
