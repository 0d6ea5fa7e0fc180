import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLiveQuery } from '../../app/live-events.js';
import { say } from '../../strings/say.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { CopyButton } from '../../ui/code/code.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { ShipClock } from '../../ui/ship-clock/ship-clock.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { OrderWord, tabOf } from '../orders/parts/order-word.js';
import { OrderActions } from './parts/order-actions.js';
import { OrderBody } from './parts/order-body.js';
import { orderQuery } from './queries.js';

const route = getRouteApi('/shell/orders/$channel/$order');

/** Where does this order stand, and what is to be done? */
export function OrderPage() {
  const { channel, order } = route.useParams();
  const query = useQuery(orderQuery(channel, order));
  useLiveQuery('orders', ['orders', 'one', channel, order]);
  const { data, error } = query;
  const tab = data && tabOf(data);
  return (
    <>
      <PageHead
        title={<bdi dir="ltr">{order}</bdi>}
        name={[order, channel, say('place.orders')]}
        beside={
          <>
            <CopyButton text={order} />
            <ChannelMark channel={channel} />
            {data && tab && (
              <>
                <OrderWord tab={tab} exceptions={0} why={data.reason} />
                <span>
                  {say('order.ship_by')} <ShipClock at={data.shipBy} done={tab !== 'to-ship'} />
                </span>
              </>
            )}
          </>
        }
        lead={data?.reason}
        actions={data && <OrderActions order={data} />}
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={6} />}
      {data && <OrderBody order={data} />}
    </>
  );
}
