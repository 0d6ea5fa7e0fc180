import type { Run } from '../../../../api/shapes/runs.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { nameOfNumber } from '../../runs/parts/run-facts.js';
import styles from '../../runs/parts/runs.module.css';

/** The conservation line: every number is in a sum that is shown whole, and one that fails says so. */
export function SumCard({ run }: { readonly run: Run }) {
  const sums = run.lines.flatMap(({ sum, message }) => (sum === null ? [] : [{ ...sum, message }]));
  return (
    <Card title={say('run.sums')}>
      <div className={styles.sum}>
        {sums.map(({ whole, parts, adds, message }) => (
          <div key={message}>
            <p className={styles.dim}>{message}</p>
            <p className={`${styles.line} ${adds ? '' : styles.broken}`} role={adds ? undefined : 'alert'}>
              {say('run.sum', {
                whole: `${count(whole.n)} ${nameOfNumber(whole.name)}`,
                parts: parts.map(({ name, n }) => `${count(n)} ${nameOfNumber(name)}`).join(' + '),
              })}
            </p>
            {!adds && <p className={styles.broken}>{say('run.broken')}</p>}
          </div>
        ))}
      </div>
    </Card>
  );
}
