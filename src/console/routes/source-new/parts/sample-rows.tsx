import type { SourcePreview } from '../../../../api/shapes/setup.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Code } from '../../../ui/code/code.js';
import { DataTable } from '../../../ui/data-table/data-table.js';

type Sample = SourcePreview['sample'][number];

interface Facts {
  readonly offer?: { readonly price?: { readonly minor: number; readonly currency: string } | null };
  readonly stock?: readonly { readonly onHand?: number | null }[];
}

/** Variants as they were understood. */
export function SampleRows({ sample }: { readonly sample: readonly Sample[] }) {
  return (
    <DataTable<Sample>
      caption={say('source_new.as_understood')}
      rows={sample}
      keyOf={({ product, sku }) => `${product} ${sku}`}
      nameOf={({ sku }) => sku}
      columns={[
        {
          id: 'title',
          head: say('column.product'),
          priority: 1,
          cell: ({ title, product }) => <bdi>{title ?? product}</bdi>,
        },
        {
          id: 'sku',
          head: say('column.sku'),
          priority: 1,
          width: 'wide',
          cell: ({ sku }) => <Code>{sku}</Code>,
        },
        {
          id: 'price',
          head: say('column.price'),
          numeric: true,
          width: 'medium',
          cell: ({ facts }) => {
            const price = (facts as Facts).offer?.price;
            return price ? money(price) : say('value.unknown');
          },
        },
        {
          id: 'units',
          head: say('field.quantity'),
          numeric: true,
          width: 'medium',
          cell: ({ facts }) => unitsOf(facts as Facts),
        },
      ]}
    />
  );
}

function unitsOf({ stock = [] }: Facts): string {
  const known = stock.flatMap(({ onHand }) => (typeof onHand === 'number' ? [onHand] : []));
  return known.length === 0 ? say('value.unknown') : count(known.reduce((sum, n) => sum + n, 0));
}
