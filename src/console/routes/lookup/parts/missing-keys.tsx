import { Link } from '@tanstack/react-router';
import type { LookupSheet } from '../../../../api/shapes/mapping-types.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import styles from '../lookup.module.css';

interface Props {
  readonly missing: LookupSheet['missing'];
  readonly whyNot: string | null;
  onAdd(key: string): void;
}

const SHOWN = 20;

/** Keys that products asked for and the table lacks, the commonest first. */
export function MissingKeys({ missing, whyNot, onAdd }: Props) {
  if (missing.length === 0) return null;
  return (
    <Card title={say('lookups.missing', { n: missing.length })} flush>
      <ul>
        {missing.slice(0, SHOWN).map(({ key, count: n, sku }) => (
          <li key={key} className={styles.line}>
            <bdi>“{key}”</bdi>
            <span>{say('lookups.asked', { n, shown: count(n) })}</span>
            <Link to="/listings" search={{ q: sku }} className={styles.dim}>
              <code dir="ltr">{sku}</code>
            </Link>
            <span className={styles.end}>
              <Button whyNot={whyNot} onPress={() => onAdd(key)}>
                {say('lookups.add_key')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
