import type { ReactNode } from 'react';
import styles from './fact-list.module.css';

/** A name and its fact. */
export type Fact = readonly [name: string, fact: ReactNode];

/** Facts about one thing, name beside value. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
