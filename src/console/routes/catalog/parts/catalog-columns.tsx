import { Link } from '@tanstack/react-router';
import type { ProductLine } from '../../../../api/shapes/products.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import type { Column } from '../../../ui/data-table/data-table.js';
import { ProductCell } from '../../../ui/product-cell/product-cell.js';
import { ProductStates } from './product-states.js';

/** Up to so many channels have a column of their own; more share one with shapes only. */
const MOST_COLUMNS = 4;

/** The columns of the catalog: what it is, what it costs, how many, and how it stands on each channel. */
export function columnsFor(rows: readonly ProductLine[]): readonly Column<ProductLine>[] {
  const channels = [...new Set(rows.flatMap((row) => row.channels.map(({ channel }) => channel)))];
  return [
    PRODUCT,
    PRICE,
    AVAILABLE,
    ...(channels.length > MOST_COLUMNS ? [ALL_CHANNELS] : channels.map(channelColumn)),
  ];
}

const PRODUCT: Column<ProductLine> = {
  id: 'product',
  head: say('column.product'),
  priority: 1,
  cell: ({ id, title, sku, image, variants }) => (
    <ProductCell
      title={title ?? id}
      sku={sku ?? id}
      image={image}
      beside={variants > 1 ? say('catalog.variants', { n: variants }) : undefined}
      link={(shown) => (
        <Link to="/catalog/$productId" params={{ productId: id }}>
          {shown}
        </Link>
      )}
    />
  ),
};

const PRICE: Column<ProductLine> = {
  id: 'price',
  head: say('column.price'),
  width: 'medium',
  numeric: true,
  cell: ({ priceFrom, priceTo }) => {
    if (priceFrom === null) return '—';
    if (priceTo === null || priceTo.minor === priceFrom.minor) return money(priceFrom);
    return say('catalog.price_span', { from: money(priceFrom), to: money(priceTo) });
  },
};

const AVAILABLE: Column<ProductLine> = {
  id: 'available',
  head: say('column.available'),
  width: 'narrow',
  numeric: true,
  cell: ({ available }) => (available === null ? '—' : count(available)),
};

const ALL_CHANNELS: Column<ProductLine> = {
  id: 'channels',
  head: say('overview.channels'),
  width: 'wide',
  priority: 1,
  cell: ({ channels }) => channels.map((on) => <ProductStates key={on.channel} on={on} shapeOnly />),
};

function channelColumn(channel: string): Column<ProductLine> {
  return {
    id: `channel ${channel}`,
    head: channel,
    width: 'medium',
    cell: (row) => {
      const on = row.channels.find((each) => each.channel === channel);
      return on ? <ProductStates on={on} /> : '—';
    },
  };
}
