import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { OrderLine } from '../../../../api/shapes/orders.js';
import { useWhyNot } from '../../../app/session.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { BulkBar } from '../../../ui/bulk-bar/bulk-bar.js';
import { Button, buttonClass } from '../../../ui/button/button.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { Code } from '../../../ui/code/code.js';
import type { Column } from '../../../ui/data-table/data-table.js';
import { useSelection } from '../../../ui/data-table/selection.js';
import { Listed } from '../../../ui/listed/listed.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import { ShipClock } from '../../../ui/ship-clock/ship-clock.js';
import { remark } from '../../../ui/toast/toast.js';
import { ordersQuery, placeOrder } from '../queries.js';
import { filtersSet, type OrdersSearch } from '../search.js';
import { OrderWord } from './order-word.js';
import styles from './orders.module.css';

/** The orders of a tab; ticked ones can be placed in the shop together. */
export function OrderRows({ search }: { readonly search: OrdersSearch }) {
  const query = useQuery(ordersQuery(search));
  const navigate = useNavigate();
  const selection = useSelection();
  return (
    <>
      <PlaceTicked
        rows={(query.data?.items ?? []).filter((row) => selection.has(keyOf(row)))}
        onDone={() => selection.clear()}
      />
      <Listed<OrderLine>
        query={query}
        place={search}
        caption={say('place.orders')}
        columns={COLUMNS}
        keyOf={keyOf}
        nameOf={({ order, channel }) => `${order} ${channel}`}
        onOpen={({ channel, order }) =>
          void navigate({ to: '/orders/$channel/$order', params: { channel, order } })
        }
        selection={selection}
        empty={<NoOrders search={search} />}
      />
    </>
  );
}

function keyOf({ channel, order }: OrderLine): string {
  return `${channel} ${order}`;
}

function PlaceTicked({ rows, onDone }: { readonly rows: readonly OrderLine[]; onDone(): void }) {
  const whyNot = useWhyNot()('orders:write');
  const client = useQueryClient();
  const placing = useMutation({
    mutationFn: async () => {
      const refused: string[] = [];
      for (const row of rows) await placeOrder(row).catch((error: Error) => refused.push(error.message));
      return refused;
    },
    onSuccess: async (refused) => {
      const done = rows.length - refused.length;
      remark({ text: say('orders.placed', { n: done }) });
      if (refused.length > 0)
        remark({
          text: say('orders.not_placed', { n: refused.length, why: refused[0] ?? '' }),
          failed: true,
        });
      onDone();
      await client.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  if (rows.length === 0) return null;
  return (
    <BulkBar n={rows.length} onClear={onDone}>
      <Button whyNot={whyNot} pending={placing.isPending} onPress={() => placing.mutate()}>
        {say('orders.place', { n: count(rows.length) })}
      </Button>
    </BulkBar>
  );
}

function NoOrders({ search }: { readonly search: OrdersSearch }) {
  const tab = search.tab ?? 'to-ship';
  if (filtersSet(search) > 0)
    return (
      <EmptyState
        title={say('orders.none_match')}
        action={
          <Link to="/orders" search={{ tab: search.tab }} className={buttonClass()}>
            {say('filters.clear')}
          </Link>
        }
      />
    );
  return <EmptyState title={say(`orders.none.${tab}`)}>{say('orders.none_text')}</EmptyState>;
}

const COLUMNS: readonly Column<OrderLine>[] = [
  {
    id: 'order',
    head: say('column.order'),
    width: 'wide',
    priority: 1,
    cell: ({ channel, order }) => (
      <span className={styles.order}>
        <Link to="/orders/$channel/$order" params={{ channel, order }}>
          <Code>{order}</Code>
        </Link>
        <ChannelMark channel={channel} />
      </span>
    ),
  },
  {
    id: 'state',
    head: say('column.state'),
    width: 'wide',
    priority: 1,
    cell: ({ tab, exceptions, reason }) => <OrderWord tab={tab} exceptions={exceptions} why={reason} />,
  },
  {
    id: 'shipBy',
    head: say('column.ship_by'),
    width: 'wide',
    priority: 1,
    cell: ({ shipBy, tab }) => <ShipClock at={shipBy} done={tab !== 'to-ship'} />,
  },
  {
    id: 'placed',
    head: say('column.placed'),
    width: 'medium',
    cell: ({ placedAt }) => <Age at={placedAt} />,
  },
  {
    id: 'units',
    head: say('column.units'),
    width: 'narrow',
    numeric: true,
    cell: ({ units }) => count(units),
  },
  {
    id: 'total',
    head: say('column.total'),
    width: 'medium',
    numeric: true,
    cell: ({ total }) => (total === null ? '—' : money(total)),
  },
  {
    id: 'shop',
    head: say('column.shop_order'),
    width: 'medium',
    cell: ({ shopOrder }) => (shopOrder === null ? '—' : <Code>{shopOrder}</Code>),
  },
];
