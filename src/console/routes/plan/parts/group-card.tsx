import type { Plan } from '../../../../api/shapes/plans.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { Diff } from '../../../ui/diff/diff.js';
import { textOf } from '../../../ui/json-value/text-of.js';
import styles from './plan.module.css';

type Group = Plan['groups'][number];

/** Equal kinds of change folded under the rule that makes them: an attribute, how many listings, one example. One listing may be in several groups. */
export function GroupCard({ plan }: { readonly plan: Plan }) {
  if (plan.groups.length === 0) return null;
  return (
    <Card
      title={say('plan.groups')}
      actions={<span className={styles.dim}>{say('plan.grouped', { n: count(plan.grouped) })}</span>}
      flush
    >
      {byRule(plan.groups).map(([key, groups]) => (
        <section key={key} className={styles.rule} aria-label={nameOf(groups[0])}>
          <h3 className={styles.cause}>
            <bdi>{nameOf(groups[0])}</bdi>{' '}
            <span className={styles.dim}>
              {say('plan.by_sum', { n: groups.reduce((sum, { count: n }) => sum + n, 0) })}
            </span>
          </h3>
          <ul>
            {groups.map(({ attribute, count: n, sample }) => (
              <li key={attribute} className={styles.group}>
                <Code>{attribute}</Code>
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
        </section>
      ))}
    </Card>
  );
}

/** Groups under what made them; the one with the largest group first, as the API has them. */
function byRule(groups: readonly Group[]): (readonly [string, readonly [Group, ...Group[]]])[] {
  const rules = new Map<string, [Group, ...Group[]]>();
  for (const group of groups) {
    const key = JSON.stringify([group.by?.kind ?? null, group.by?.name ?? null]);
    const known = rules.get(key);
    if (known === undefined) rules.set(key, [group]);
    else known.push(group);
  }
  return [...rules];
}

/** `Rule: winter sale`. */
function nameOf({ by }: Group): string {
  if (by === null) return say('plan.by.gone');
  const word = say(`plan.by.${by.kind}`);
  return by.name === null ? word : `${word}: ${by.name}`;
}

/** Nothing is null, everything else its text. */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : textOf(value);
}
