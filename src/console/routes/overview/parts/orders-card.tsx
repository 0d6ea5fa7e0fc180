import { Link } from '@tanstack/react-router';
import type { Overview } from '../../../../api/shapes/overview.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import styles from './overview.module.css';

/** Orders as far as somebody has to do something today; every number leads to exactly those orders. */
export function OrdersCard({ orders }: Pick<Overview, 'orders'>) {
  return (
    <Card title={say('overview.orders')}>
      <dl className={styles.numbers}>
        <div className={styles.number}>
          <dt className={styles.dim}>{say('overview.orders.today')}</dt>
          <dd>
            <Link to="/orders" search={{ tab: 'all' }}>
              <strong>{count(orders.today)}</strong>
            </Link>
          </dd>
        </div>
        <div className={styles.number}>
          <dt className={styles.dim}>{say('overview.orders.needs_you')}</dt>
          <dd>
            <Link to="/orders/exceptions">
              <strong>{count(orders.needsYou)}</strong>
            </Link>
          </dd>
        </div>
        <div className={styles.number}>
          <dt className={styles.dim}>{say('overview.orders.ship_soon')}</dt>
          <dd>
            <Link to="/orders">
              <strong>{count(orders.shipSoon)}</strong>
            </Link>
          </dd>
        </div>
        <div className={styles.number}>
          <dt className={styles.dim}>{say('overview.orders.late')}</dt>
          <dd>
            <Link to="/orders" search={{ late: true }}>
              <strong>{count(orders.late)}</strong>
            </Link>
          </dd>
        </div>
      </dl>
    </Card>
  );
}
