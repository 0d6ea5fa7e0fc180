import { Link } from '@tanstack/react-router';
import type { ImpactCounts } from '../../../../api/shapes/mapping-types.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Diff } from '../../../ui/diff/diff.js';
import { textOf } from '../../../ui/json-value/text-of.js';
import styles from './impact.module.css';

/** Changes by attribute and rule, equal kinds folded, each with samples. */
export function ChangedPairs({ pairs }: { readonly pairs: ImpactCounts['attributes'] }) {
  return (
    <ul className={styles.pairs}>
      {pairs.map(({ attribute, rule, changed, kinds }) => (
        <li key={`${attribute} ${rule}`} className={styles.pair}>
          <div className={styles.pairHead}>
            <h2>
              <code dir="ltr">{attribute}</code>
              {rule !== null && (
                <span className={styles.dim}>
                  {' '}
                  · <bdi>{say('trace.rule', { name: rule })}</bdi>
                </span>
              )}
            </h2>
            <span className={styles.count}>
              {say('mapping.listings_n', { n: changed, shown: count(changed) })}
            </span>
          </div>
          {kinds.map(({ kind, count: n, samples }) => (
            <div key={kind} className={styles.kind}>
              <p className={styles.kindHead}>
                <bdi>{kind}</bdi>
                <span>{count(n)}</span>
              </p>
              {samples.slice(0, 3).map(({ sku, before, after }) => (
                <div key={sku} className={styles.sample}>
                  <SkuLink sku={sku} />
                  <Diff before={textOrNull(before)} after={textOrNull(after)} />
                </div>
              ))}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** Why listings appear, vanish, are blocked or fixed. */
export function Reasons({ reasons }: { readonly reasons: ImpactCounts['vanishing'] }) {
  return (
    <Card title={say('mapping.reasons')} flush>
      <ul>
        {reasons.map(({ reason, attribute, count: n, skus }) => (
          <li key={`${attribute} ${reason}`} className={styles.reason}>
            <p>
              <span className={styles.count}>{count(n)}</span>{' '}
              {attribute !== undefined && <code dir="ltr">{attribute}</code>} <bdi>{reason}</bdi>
            </p>
            <p className={styles.skus}>
              {skus.map((sku) => (
                <SkuLink key={sku} sku={sku} />
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Opens a product in the preview, beside the rules. */
function SkuLink({ sku }: { readonly sku: string }) {
  return (
    <Link
      to="."
      search={(before: object) => ({ ...before, sku, pick: 'changed' as const })}
      title={say('mapping.open_preview')}
    >
      <code dir="ltr">{sku}</code>
    </Link>
  );
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : textOf(value);
}
