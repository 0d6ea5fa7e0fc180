import type { Order } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { NumberField } from '../../../ui/number-field/number-field.js';
import styles from './order.module.css';

interface Props {
  readonly order: Order;
  /** Most units by line; lines of 0 are left out. */
  most(line: Order['lines'][number]): number;
  /** What the number is of: "Units to cancel". */
  readonly head: string;
  /** Units by line. */
  readonly units: Readonly<Record<string, number>>;
  onChange(units: Readonly<Record<string, number>>): void;
}

/** How many units of which lines. */
export function UnitsTable({ order, most, head, units, onChange }: Props) {
  return (
    <table className={styles.lines}>
      <thead>
        <tr>
          <th scope="col">{say('column.product')}</th>
          <th scope="col" className={styles.n}>
            {head}
          </th>
        </tr>
      </thead>
      <tbody>
        {order.lines
          .filter((line) => most(line) > 0)
          .map((line) => (
            <tr key={line.line}>
              <th scope="row">
                <span className={styles.sku}>
                  {line.title !== null && <bdi>{line.title}</bdi>}
                  <code dir="ltr">{line.sku}</code>
                </span>
              </th>
              <td className={styles.n}>
                <NumberField
                  bare
                  label={say('shipment.units_of', { sku: line.sku })}
                  value={units[line.line] ?? 0}
                  max={most(line)}
                  onChange={(n) => onChange({ ...units, [line.line]: n })}
                />{' '}
                {say('shipment.of', { n: most(line) })}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** How many units are named in all. */
export function unitsSum(units: Readonly<Record<string, number>>): number {
  return Object.values(units).reduce((sum, each) => sum + (each || 0), 0);
}
