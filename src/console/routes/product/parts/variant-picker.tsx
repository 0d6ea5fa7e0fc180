import { Link } from '@tanstack/react-router';
import type { Variant } from '../../../../api/shapes/product.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Thumb } from '../../../ui/thumb/thumb.js';
import styles from './product.module.css';

interface Props {
  readonly variants: readonly Variant[];
  readonly shown: Variant;
  readonly total: number;
}

/** The picture and the variants of a product; the one that is looked at is part of the address. */
export function VariantPicker({ variants, shown, total }: Props) {
  return (
    <div className={styles.side}>
      <Thumb large src={shown.image} title={shown.title} />
      <h2>{say('product.variants')}</h2>
      <nav aria-label={say('product.variants')} className={styles.variants}>
        {variants.map((variant) => (
          <Link
            key={variant.sku}
            to="."
            search={
              ((before: Readonly<Record<string, unknown>>) => ({ ...before, sku: variant.sku })) as never
            }
            className={styles.variant}
            aria-current={variant.sku === shown.sku ? 'true' : undefined}
            activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
            activeProps={{ 'aria-current': 'true' }}
            resetScroll={false}
          >
            <bdi>{optionsOf(variant)}</bdi>
            <code dir="ltr">{variant.sku}</code>
          </Link>
        ))}
      </nav>
      {total > variants.length && (
        <p className={styles.dim}>
          {say('product.more_variants', { shown: count(variants.length), total: count(total) })}
        </p>
      )}
    </div>
  );
}

function optionsOf({ options, title }: Variant): string {
  return Object.values(options).join(' · ') || title;
}
