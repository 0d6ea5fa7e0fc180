import { count, moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { PrintSheet, TickBox } from '../../../ui/print-sheet/print-sheet.js';
import type { PickList } from '../queries.js';
import styles from './pick-list.module.css';

/** The sheet of one location: by bin, then the orders the goods are put together for. No prices. */
export function PickSheet({ list }: { readonly list: PickList }) {
  const { location, at, items, orders } = list;
  const name = location.id === '' ? say('pick.everywhere') : location.name;
  return (
    <PrintSheet
      title={say('pick.sheet', {
        name: location.code === null ? name : `${name} (${location.code})`,
        at: moment(at),
      })}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say('pick.done')}</th>
            <th scope="col">{say('pick.bin')}</th>
            <th scope="col" className={styles.n}>
              {say('column.units')}
            </th>
            <th scope="col">{say('column.product')}</th>
            <th scope="col">{say('pick.for')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.sku}>
              <td>
                <TickBox />
              </td>
              <td className={styles.strong}>{item.bin ?? '–'}</td>
              <td className={styles.n}>{count(item.quantity)} ×</td>
              <td>
                <span className={styles.strong}>
                  <bdi>{item.sku}</bdi>
                </span>{' '}
                <bdi>{[item.title, item.options].filter((part) => part !== null).join(', ')}</bdi>
              </td>
              <td>{item.for.map(forText).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{say('pick.orders')}</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say('pick.done')}</th>
            <th scope="col">{say('pick.number')}</th>
            <th scope="col">{say('column.order')}</th>
            <th scope="col">{say('pick.what')}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.number}>
              <td>
                <TickBox />
              </td>
              <td>{order.number}</td>
              <td>
                <span className={styles.strong}>
                  <bdi>{order.order}</bdi>
                </span>{' '}
                <bdi>{order.channel}</bdi>
              </td>
              <td>{whatText(order)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </PrintSheet>
  );
}

function forText({ number, quantity }: PickList['items'][number]['for'][number]): string {
  return quantity === 1 ? String(number) : say('pick.for_several', { number, quantity });
}

function whatText(order: PickList['orders'][number]): string {
  const until = order.method === 'ship' ? order.shipBy : order.readyBy;
  return [
    say('pick.units', { n: order.units }),
    say(`pickup.method.${order.method}`),
    ...(until === null ? [] : [say('pick.until', { at: moment(until) })]),
    ...(order.name === null ? [] : [order.name]),
  ].join(' · ');
}
