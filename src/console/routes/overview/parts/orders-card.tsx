import type { Overview } from '../../../../api/shapes/overview.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import styles from './overview.module.css';

/** Orders as far as somebody has to do something today. */
export function OrdersCard({ orders }: Pick<Overview, 'orders'>) {
  return (
    <Card title={say('overview.orders')}>
      <dl className={styles.numbers}>
        {(['today', 'waiting', 'shipSoon', 'late'] as const).map((name) => (
          <div key={name} className={styles.number}>
            <dt className={styles.dim}>{say(`overview.orders.${name}`)}</dt>
            <dd>
              <strong>{count(orders[name])}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
