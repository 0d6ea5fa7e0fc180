import { Suspense, useState } from 'react';
import type { Order } from '../../../../api/shapes/orders.js';
import { useWhyNot } from '../../../app/session.js';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { type Shape, type Tone, WordChip } from '../../../ui/state-chip/state-chip.js';
import { ShipmentDialog } from './dialogs.js';
import styles from './order.module.css';

type Parcel = Order['parcels'][number];

const LOOK: Readonly<Record<string, { readonly tone: Tone; readonly shape: Shape }>> = {
  accepted: { tone: 'live', shape: 'live' },
  pending: { tone: 'pending', shape: 'due' },
  rejected: { tone: 'rejected', shape: 'rejected' },
};

/** The parcels of an order: what is in them, and whether the channel knows. */
export function ParcelsCard({ order }: { readonly order: Order }) {
  const whyNot = useWhyNot()('orders:write');
  const [correcting, setCorrecting] = useState<Parcel | null>(null);
  return (
    <Card title={say('order.parcels', { n: order.parcels.length })} flush>
      {order.parcels.length === 0 && (
        <p className={`${styles.dim} ${styles.inside}`}>{say('order.no_parcels')}</p>
      )}
      <ul className={styles.rows}>
        {order.parcels.map((parcel) => (
          <li key={parcel.reference}>
            <div className={styles.words}>
              <span>
                <strong>{parcel.carrier}</strong>{' '}
                {parcel.trackingUrl === null ? (
                  <Code copy>{parcel.trackingNumber}</Code>
                ) : (
                  <a href={parcel.trackingUrl} rel="noreferrer" target="_blank">
                    <Code>{parcel.trackingNumber}</Code>
                  </a>
                )}
              </span>
              <span className={styles.dim}>
                {contentsOf(order, parcel)} · {moment(parcel.shippedAt)}
              </span>
            </div>
            <WordChip
              {...(LOOK[parcel.state] ?? { tone: 'pending', shape: 'due' })}
              word={say(`parcel.${stateOf(parcel)}`)}
            />
            <Button whyNot={whyNot} onPress={() => setCorrecting(parcel)}>
              {say('order.correct')}
            </Button>
          </li>
        ))}
      </ul>
      <Suspense>
        {correcting && (
          <ShipmentDialog order={order} parcel={correcting} onClose={() => setCorrecting(null)} />
        )}
      </Suspense>
    </Card>
  );
}

function stateOf({ state }: Parcel): 'accepted' | 'pending' | 'rejected' {
  return state === 'accepted' || state === 'rejected' ? state : 'pending';
}

function contentsOf(order: Order, parcel: Parcel): string {
  return parcel.lines
    .map(
      ({ line, quantity }) => `${quantity} × ${order.lines.find((each) => each.line === line)?.sku ?? line}`,
    )
    .join(', ');
}
