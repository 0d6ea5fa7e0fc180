import type { Order } from '../../../../api/shapes/orders.js';
import { useWhyNot } from '../../../app/session.js';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { FactList } from '../../../ui/fact-list/fact-list.js';
import { Refused } from '../../../ui/form/form.js';
import { useOrderDeed } from '../queries.js';
import styles from './order.module.css';

type Fulfilled = NonNullable<Order['fulfilled']>;
type News = 'ready' | 'picked-up' | 'not-collected' | 'give-up';

/** What can be said next of an order its buyer fetches. */
const NEXT: Readonly<Record<string, readonly News[]>> = {
  open: ['ready'],
  ready: ['picked-up', 'not-collected'],
  'not-collected': ['picked-up', 'give-up'],
};

const STATES = ['nowhere', 'open', 'ready', 'collected', 'not-collected', 'cancelled'] as const;

/** Where an order is fulfilled, how far it is there, and, where its buyer fetches it, what comes next. */
export function PickupCard({ order }: { readonly order: Order }) {
  const whyNot = useWhyNot()('orders:write');
  const telling = useOrderDeed(order, 'pickup', () => say('pickup.told', { channel: order.channel }));
  const { fulfilled } = order;
  if (fulfilled === null) return null;
  const news = fulfilled.method === 'ship' ? [] : (NEXT[fulfilled.state] ?? []);
  return (
    <Card
      title={say('pickup.title')}
      actions={
        news.length > 0 && (
          <span className={styles.ways}>
            {news.map((each) => (
              <Button
                key={each}
                kind={each === 'give-up' ? 'danger' : 'normal'}
                whyNot={whyNot}
                pending={telling.isPending}
                onPress={() =>
                  telling.mutate(
                    each === 'give-up' ? { news: 'not-collected', cancel: true } : { news: each },
                  )
                }
              >
                {say(`pickup.do.${each}`)}
              </Button>
            ))}
          </span>
        )
      }
    >
      {telling.error && <Refused error={telling.error} />}
      <FactList facts={factsOf(fulfilled)} />
    </Card>
  );
}

function factsOf(fulfilled: Fulfilled): readonly (readonly [string, string])[] {
  const state = STATES.find((each) => each === fulfilled.state) ?? 'open';
  const method = fulfilled.method === 'pickup' || fulfilled.method === 'curbside' ? fulfilled.method : 'ship';
  return [
    [say('pickup.where'), fulfilled.locations.join(', ') || say('pickup.nowhere')],
    [say('pickup.method'), say(`pickup.method.${method}`)],
    [say('pickup.state'), say(`pickup.state.${state}`)],
    [say('pickup.because'), fulfilled.reason],
    ...(fulfilled.readyBy === null ? [] : [[say('pickup.ready_by'), moment(fulfilled.readyBy)] as const]),
    ...(fulfilled.keepUntil === null
      ? []
      : [[say('pickup.keep_until'), moment(fulfilled.keepUntil)] as const]),
  ];
}
