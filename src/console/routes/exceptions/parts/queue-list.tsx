import { Link } from '@tanstack/react-router';
import type { ExceptionGroups } from '../../../../api/shapes/orders.js';
import { count } from '../../../strings/formats.js';
import { say, sayCode } from '../../../strings/say.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { Code } from '../../../ui/code/code.js';
import { ShipClock } from '../../../ui/ship-clock/ship-clock.js';
import { keyOf } from '../queries.js';
import styles from './queue.module.css';

interface Props {
  readonly groups: ExceptionGroups['groups'];
  readonly current: string;
}

/** The queue, by reason; each is a part of the address. */
export function QueueList({ groups, current }: Props) {
  return (
    <nav className={styles.list} aria-label={say('exceptions.queue')}>
      {groups.map(({ code, count: n, items }) => (
        <div key={code}>
          <h2 className={styles.group}>
            {sayCode(`exception.code.${code}`, code)} · {count(n)}
          </h2>
          <ul>
            {items.map((item) => (
              <li key={keyOf(item)}>
                <Link
                  to="/orders/exceptions"
                  search={{ open: keyOf(item) }}
                  className={styles.item}
                  aria-current={keyOf(item) === current ? 'true' : undefined}
                  activeOptions={{ exact: true, includeSearch: true }}
                >
                  <Code>{item.order}</Code>
                  <span className={styles.under}>
                    <ChannelMark channel={item.channel} />
                    <ShipClock at={item.shipBy} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
