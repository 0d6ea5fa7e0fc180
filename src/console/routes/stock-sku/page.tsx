import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { StockOfSku } from '../../../api/shapes/stock.js';
import { useLiveQuery } from '../../app/live-events.js';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { buttonClass } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { ChannelMark } from '../../ui/channel-mark/channel-mark.js';
import { Code } from '../../ui/code/code.js';
import { type Column, DataTable } from '../../ui/data-table/data-table.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import styles from '../stock/parts/stock.module.css';
import { StockSum } from '../stock/parts/stock-sum.js';
import { CountsCard } from './parts/counts-card.js';
import { stockOfSkuQuery } from './queries.js';

const route = getRouteApi('/shell/stock/$sku');

/** Where are the units of this one, and why may a channel offer so many? */
export function StockSkuPage() {
  const { sku } = route.useParams();
  const query = useQuery(stockOfSkuQuery(sku));
  useLiveQuery('stock', ['stock', 'one', sku]);
  const { data, error } = query;
  return (
    <>
      <PageHead
        title={<bdi>{data?.title ?? sku}</bdi>}
        name={[data?.title ?? sku, say('place.stock')]}
        beside={<Code copy>{sku}</Code>}
        actions={
          <Link to="/listings" search={{ q: sku }} className={buttonClass()}>
            {say('stock.listings')}
          </Link>
        }
      />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={6} />}
      {data && (
        <div className={styles.page}>
          <div className={styles.pair}>
            <CountsCard stock={data} />
            <OffersCard stock={data} />
          </div>
          <HoldersCard stock={data} />
          <Card title={say('stock.movements')} flush>
            {data.movements.length === 0 ? (
              <p className={`${styles.dim} ${styles.inside}`}>{say('stock.no_movements')}</p>
            ) : (
              <DataTable<Movement>
                caption={say('stock.movements')}
                columns={MOVEMENTS}
                rows={data.movements}
                keyOf={(movement) => `${data.movements.indexOf(movement)}`}
                nameOf={({ cause }) => cause}
              />
            )}
          </Card>
        </div>
      )}
    </>
  );
}

type Movement = StockOfSku['movements'][number];

function OffersCard({ stock }: { readonly stock: StockOfSku }) {
  return (
    <Card title={say('stock.may_offer')} flush>
      <ul className={styles.rows}>
        {stock.channels.map((units) => (
          <li key={units.channel}>
            <ChannelMark channel={units.channel} />
            <span className={styles.dim}>
              <StockSum line={stock} units={units} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function HoldersCard({ stock }: { readonly stock: StockOfSku }) {
  const { reservations, allotments } = stock;
  return (
    <Card title={say('stock.holders', { n: count(stock.reserved) })} flush>
      {reservations.length + allotments.length === 0 && (
        <p className={`${styles.dim} ${styles.inside}`}>{say('stock.no_holders')}</p>
      )}
      <ul className={styles.rows}>
        {reservations.map(({ channel, order, quantity, at }) => (
          <li key={`${channel} ${order}`}>
            <Link to="/orders/$channel/$order" params={{ channel, order }}>
              <Code>{order}</Code>
            </Link>
            <ChannelMark channel={channel} />
            <span>{say('pick.units', { n: quantity })}</span>
            <span className={styles.dim}>
              <Age at={at} />
            </span>
          </li>
        ))}
        {allotments.map(({ channel, state, left, since }) => (
          <li key={`strict ${channel}`}>
            <ChannelMark channel={channel} />
            <span>{say(`stock.allotment.${state}`, { n: left })}</span>
            <span className={styles.dim}>
              <Age at={since} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const MOVEMENTS: readonly Column<Movement>[] = [
  { id: 'cause', head: say('stock.cause'), priority: 1, cell: ({ cause }) => <bdi>{cause}</bdi> },
  { id: 'location', head: say('pick.location'), width: 'wide', cell: ({ location }) => location },
  {
    id: 'units',
    head: say('stock.before_after'),
    width: 'wide',
    numeric: true,
    priority: 1,
    cell: ({ before, after }) =>
      say('stock.from_to', {
        before: before === null ? '—' : count(before),
        after: after === null ? '—' : count(after),
      }),
  },
  { id: 'at', head: say('stock.when'), width: 'medium', cell: ({ at }) => <Age at={at} /> },
];
