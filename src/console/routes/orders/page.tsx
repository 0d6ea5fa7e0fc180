import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useLiveQuery } from '../../app/live-events.js';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { buttonClass } from '../../ui/button/button.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { LinkTabs } from '../../ui/tabs/link-tabs.js';
import { OrderFilters } from './parts/order-filters.js';
import { OrderRows } from './parts/order-rows.js';
import { orderCountsQuery } from './queries.js';
import { ORDER_TABS } from './search.js';

const route = getRouteApi('/shell/orders');

/** Which orders must leave, and which need me? */
export function OrdersPage() {
  const search = route.useSearch();
  const { data: counts } = useQuery(orderCountsQuery(search.channel));
  useLiveQuery('orders', ['orders', 'counts']);
  const tab = search.tab ?? 'to-ship';
  const needing = counts?.['needs-you'] ?? 0;
  return (
    <>
      <PageHead
        title={say('place.orders')}
        name={[say(`orders.tab.${tab}`), say('place.orders')]}
        actions={
          <>
            <Link to="/orders/parcels" className={buttonClass()}>
              {say('orders.parcels')}
            </Link>
            <Link to="/orders/pick-list" className={buttonClass()}>
              {say('orders.pick_list')}
            </Link>
            {needing > 0 && (
              <Link to="/orders/exceptions" className={buttonClass('primary')}>
                {say('orders.decide', { n: count(needing) })}
              </Link>
            )}
          </>
        }
      />
      <LinkTabs
        label={say('orders.tabs')}
        current={tab}
        tabs={ORDER_TABS.map((id) => ({
          id,
          label: say(`orders.tab.${id}`),
          count: counts?.[id],
          search: {
            tab: id === 'to-ship' ? undefined : id,
            cursor: undefined,
            from: undefined,
            open: undefined,
          },
        }))}
      />
      <OrderFilters search={search} />
      <OrderRows search={search} />
    </>
  );
}
