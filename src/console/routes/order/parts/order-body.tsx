import type { Order } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Timeline } from '../../../ui/timeline/timeline.js';
import { ExceptionCard } from './exception-card.js';
import { LinesCard } from './lines-card.js';
import { MoneyCard } from './money-card.js';
import styles from './order.module.css';
import { ParcelsCard } from './parcels-card.js';
import { PickupCard } from './pickup-card.js';
import { ShipToCard } from './ship-to-card.js';

/** Everything about an order: what needs somebody on top, then what it holds beside what happened to it. */
export function OrderBody({ order }: { readonly order: Order }) {
  const open = order.exceptions.filter(({ closedAt }) => closedAt === null);
  const unknown = order.lines.filter(({ known }) => !known).map(({ sku }) => sku);
  return (
    <div className={styles.page}>
      {order.state === 'waiting' && unknown.length > 0 && (
        <ExceptionCard
          order={order}
          unknownSkus={unknown}
          exception={{
            code: 'unknown_sku',
            message: say('order.unknown_sku', { channel: order.channel, skus: unknown.join(', ') }),
            advice: say('order.unknown_sku_advice'),
          }}
        />
      )}
      {open.map((exception) => (
        <ExceptionCard key={exception.code} order={order} exception={exception} unknownSkus={[]} />
      ))}
      <div className={styles.columns}>
        <div className={styles.column}>
          <LinesCard order={order} />
          <MoneyCard order={order} />
        </div>
        <div className={styles.column}>
          {order.fulfilled && <PickupCard order={order} />}
          <ParcelsCard order={order} />
          <ShipToCard order={order} />
          <Card title={say('order.timeline')} flush>
            <Timeline
              label={say('order.timeline')}
              events={order.timeline.map(({ at, who, what }) => ({ at, who: say(`who.${who}`), what }))}
            />
          </Card>
        </div>
      </div>
    </div>
  );
}
