import type { Order } from '../../../../api/shapes/orders.js';
import { money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { FactList } from '../../../ui/fact-list/fact-list.js';
import styles from './order.module.css';

/** The amounts as the channel states them: copied, never computed again. */
export function MoneyCard({ order }: { readonly order: Order }) {
  const parts = (['items', 'shipping', 'discount', 'tax', 'total'] as const).flatMap((name) => {
    const amount = order.money[name];
    return amount === null ? [] : [[say(`order.money.${name}`), money(amount)] as const];
  });
  return (
    <Card title={say('order.money')}>
      {parts.length === 0 ? (
        <p className={styles.dim}>{say('order.money.none')}</p>
      ) : (
        <>
          <FactList facts={parts} />
          <p className={styles.dim}>{say('order.money.note', { channel: order.channel })}</p>
        </>
      )}
    </Card>
  );
}
