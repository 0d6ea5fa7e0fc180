import type { Variant } from '../../../../api/shapes/product.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Code } from '../../../ui/code/code.js';
import { type Column, DataTable } from '../../../ui/data-table/data-table.js';
import { Notice } from '../../../ui/notice/notice.js';
import styles from './product.module.css';

type Part = NonNullable<Variant['bundle']>['parts'][number];

/** What a bundle is made of, or why it cannot be put together; nothing for goods of their own. */
export function BundleParts({ variant: { sku, bundle } }: { readonly variant: Variant }) {
  if (bundle === null) return null;
  if (bundle.broken !== null)
    return <Notice tone="warning">{say('product.bundle_broken', { why: bundle.broken })}</Notice>;
  return (
    <div className={styles.surface}>
      <DataTable
        caption={say('product.made_of', { sku })}
        columns={COLUMNS}
        rows={bundle.parts}
        keyOf={(part) => part.sku}
        nameOf={(part) => part.sku}
      />
    </div>
  );
}

const COLUMNS: readonly Column<Part>[] = [
  { id: 'sku', head: say('column.component'), priority: 1, cell: ({ sku }) => <Code>{sku}</Code> },
  {
    id: 'quantity',
    head: say('column.in_one'),
    width: 'narrow',
    numeric: true,
    priority: 1,
    cell: ({ quantity }) => count(quantity),
  },
  {
    id: 'on_hand',
    head: say('column.on_hand'),
    width: 'medium',
    numeric: true,
    priority: 1,
    cell: ({ onHand, untracked }) =>
      untracked ? say('product.not_counted') : onHand === null ? '—' : count(onHand),
  },
  {
    id: 'reserved',
    head: say('column.reserved'),
    width: 'medium',
    numeric: true,
    cell: ({ reserved }) => count(reserved),
  },
];
