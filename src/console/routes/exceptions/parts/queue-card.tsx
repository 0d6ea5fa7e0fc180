import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { takesKeys } from '../../../shell/shortcuts.js';
import { say, sayCode } from '../../../strings/say.js';
import { Button, buttonClass } from '../../../ui/button/button.js';
import { LoadError } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { ExceptionCard } from '../../order/parts/exception-card.js';
import { LinesCard } from '../../order/parts/lines-card.js';
import { MoneyCard } from '../../order/parts/money-card.js';
import { orderQuery } from '../../order/queries.js';
import { keyOf, type Queued } from '../queries.js';
import styles from './queue.module.css';

interface Props {
  readonly item: Queued;
  /** `2 of 7`. */
  readonly position: string;
  readonly before: Queued | null;
  readonly after: Queued | null;
}

/** One thing to decide with what it is decided by; `j` and `k` walk on. */
export function QueueCard({ item, position, before, after }: Props) {
  const { channel, order } = item;
  const query = useQuery(orderQuery(channel, order));
  const navigate = useNavigate();
  const go = (next: Queued | null): void => {
    if (next) void navigate({ to: '/orders/exceptions', search: { open: keyOf(next) }, replace: true });
  };
  useWalk(go, { before, after });
  return (
    <section className={styles.card} aria-label={sayCode(`exception.code.${item.code}`, item.code)}>
      <div className={styles.walk}>
        <span role="status">{position}</span>
        <span className={styles.buttons}>
          <Button whyNot={before === null ? say('exceptions.first') : null} onPress={() => go(before)}>
            {say('exceptions.back')}
          </Button>
          <Button whyNot={after === null ? say('exceptions.last') : null} onPress={() => go(after)}>
            {say('exceptions.next')}
          </Button>
          <Link to="/orders/$channel/$order" params={{ channel, order }} className={buttonClass()}>
            {say('exceptions.open')}
          </Link>
        </span>
      </div>
      <ExceptionCard order={item} exception={item} unknownSkus={item.unknownSkus} />
      {query.error && <LoadError error={query.error} retry={() => void query.refetch()} />}
      {!query.data && !query.error && <Waiting rows={3} />}
      {query.data && (
        <>
          <LinesCard order={query.data} />
          <MoneyCard order={query.data} />
        </>
      )}
    </section>
  );
}

/** `j` is the next, `k` the one before. */
function useWalk(
  go: (next: Queued | null) => void,
  { before, after }: Pick<Props, 'before' | 'after'>,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!takesKeys(event)) return;
      if (event.key === 'j') go(after);
      if (event.key === 'k') go(before);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}
