import type { Plan } from '../../../../api/shapes/plans.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { Diff } from '../../../ui/diff/diff.js';
import { textOf } from '../../../ui/json-value/text-of.js';
import styles from './plan.module.css';

/** Equal kinds of change folded: an attribute, how many listings, one example. One listing may be in several groups. */
export function GroupCard({ plan }: { readonly plan: Plan }) {
  if (plan.groups.length === 0) return null;
  return (
    <Card
      title={say('plan.groups')}
      actions={<span className={styles.dim}>{say('plan.grouped', { n: count(plan.grouped) })}</span>}
      flush
    >
      <ul>
        {plan.groups.map(({ attribute, by, count: n, sample }) => (
          <li key={`${attribute} ${by?.kind} ${by?.name}`} className={styles.group}>
            <Code>{attribute}</Code>
            {by?.name != null && <span className={styles.dim}>{by.name}</span>}
            <span className={styles.count}>{count(n)}</span>
            <span className={styles.sample}>
              <Diff before={textOrNull(sample.before)} after={textOrNull(sample.after)} />{' '}
              <span className={styles.dim}>
                <code dir="ltr">{sample.sku}</code>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Nothing is null, everything else its text. */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : textOf(value);
}
