import type { Product, Variant } from '../../../../api/shapes/product.js';
import { say } from '../../../strings/say.js';
import { FactList } from '../../../ui/fact-list/fact-list.js';
import { JsonValue } from '../../../ui/json-value/json-value.js';
import { Notice } from '../../../ui/notice/notice.js';
import styles from './product.module.css';

type Layer = Product['layers'][number];

/** What each source says of the product and of the variant. Where several say something, the first one listed here wins. */
export function SourceTab({ product, variant }: { readonly product: Product; readonly variant: Variant }) {
  return (
    <div className={styles.surface}>
      {variant.layers.length + product.layers.length === 0 && (
        <Notice tone="note">{say('product.no_source')}</Notice>
      )}
      <Layers title={say('product.of_variant')} layers={variant.layers} />
      <Layers title={say('product.of_product')} layers={product.layers} />
    </div>
  );
}

function Layers({ title, layers }: { readonly title: string; readonly layers: readonly Layer[] }) {
  return layers.map(({ source, role, values }) => (
    <section key={`${role} ${source}`} className={styles.layer} aria-label={`${title} ${source}`}>
      <div className={styles.layerHead}>
        <h3>{title}</h3>
        <bdi className={styles.dim}>{say(`product.role.${role}`, { source })}</bdi>
      </div>
      <FactList
        facts={Object.entries(values).map(
          ([name, value]) => [name, <JsonValue key={name} value={value} />] as const,
        )}
      />
    </section>
  ));
}
