import type { Product } from '../../../../api/shapes/product.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Code } from '../../../ui/code/code.js';
import { FactList } from '../../../ui/fact-list/fact-list.js';
import { JsonValue } from '../../../ui/json-value/json-value.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import styles from './product.module.css';

/** What a person fixed by hand: for whom, what, by whom and since when. */
export function OverridesTab({ overrides }: Pick<Product, 'overrides'>) {
  if (overrides.length === 0)
    return <EmptyState title={say('overrides.empty')}>{say('overrides.empty_text')}</EmptyState>;
  return (
    <div className={styles.surface}>
      {overrides.map(({ channel, scope, key, attributes, exclude, actor, at }) => (
        <section key={`${channel} ${scope} ${key}`} className={styles.layer} aria-label={`${channel} ${key}`}>
          <div className={styles.layerHead}>
            <h3>{channel === '*' ? say('overrides.everywhere') : channel}</h3>
            <Code>{key}</Code>
            <span className={styles.dim}>
              {say('history.by', { actor })} <Age at={at} />
            </span>
          </div>
          {exclude !== undefined && <p>{say('overrides.exclude', { reason: exclude })}</p>}
          {attributes !== undefined && (
            <FactList
              facts={Object.entries(attributes).map(
                ([name, value]) =>
                  [name, <JsonValue key={name} value={value} none={say('overrides.cleared')} />] as const,
              )}
            />
          )}
        </section>
      ))}
    </div>
  );
}
