import { Link } from '@tanstack/react-router';
import type { Order } from '../../../../api/shapes/orders.js';
import { count, money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { WordChip } from '../../../ui/state-chip/state-chip.js';
import styles from './order.module.css';

const COUNTS = ['ordered', 'shipped', 'cancelled', 'refunded', 'returned'] as const;

/** The lines of an order with what became of their units. */
export function LinesCard({ order }: { readonly order: Order }) {
  return (
    <Card title={say('order.lines')} flush>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th scope="col">{say('column.product')}</th>
            {COUNTS.map((name) => (
              <th key={name} scope="col" className={styles.n}>
                {say(`order.units.${name}`)}
              </th>
            ))}
            <th scope="col" className={styles.n}>
              {say('column.price')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.line}>
              <th scope="row">
                <span className={styles.sku}>
                  {line.title !== null && <bdi>{line.title}</bdi>}
                  {line.known ? (
                    <Link to="/stock/$sku" params={{ sku: line.sku }}>
                      <Code>{line.sku}</Code>
                    </Link>
                  ) : (
                    <span>
                      <Code>{line.sku}</Code>{' '}
                      <WordChip tone="warning" shape="blocked" word={say('order.not_in_catalog')} />
                    </span>
                  )}
                </span>
              </th>
              {COUNTS.map((name) => (
                <td key={name} className={styles.n} data-label={say(`order.units.${name}`)}>
                  {count(line[name])}
                </td>
              ))}
              <td className={styles.n} data-label={say('column.price')}>
                {line.unitPrice === null ? '—' : money(line.unitPrice)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
