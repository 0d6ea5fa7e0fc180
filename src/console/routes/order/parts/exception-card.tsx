import { CircleAlert } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Refused } from '../../../ui/form/form.js';
import { type OrderException, type OrderPlace, useOrderDeed } from '../queries.js';
import { AssignDialog } from './dialogs.js';
import { MatchSku } from './match-sku.js';
import styles from './order.module.css';
import { type Way, waysOut } from './ways-out.js';

interface Props {
  readonly order: OrderPlace;
  readonly exception: Pick<OrderException, 'code' | 'message' | 'advice'>;
  /** SKUs the catalog does not have, where that is what is to be decided. */
  readonly unknownSkus: readonly string[];
}

/** One thing about an order that needs a person: what it is, what to do, and every way out. */
export function ExceptionCard({ order, exception, unknownSkus }: Props) {
  const whyNot = useWhyNot()('orders:write');
  const [assigning, setAssigning] = useState(false);
  const { code } = exception;
  const closing = useOrderDeed<{ readonly closed: number }>(order, 'resolve', () => say('exception.closed'));
  const placing = useOrderDeed(order, 'place', () => say('order.placing'));
  const taking = useOrderDeed(order, 'take-over', () => say('order.taken_over'));
  const confirming = useOrderDeed(order, 'confirm', () => say('exception.confirmed'));
  const deeds: Readonly<Record<Way, () => void>> = {
    retry: () => closing.mutate({ code, retry: true }),
    close: () => closing.mutate({ code }),
    place: () => placing.mutate(undefined),
    'take-over': () => taking.mutate(undefined),
    confirm: () => confirming.mutate(undefined),
    assign: () => setAssigning(true),
  };
  const error = closing.error ?? placing.error ?? taking.error ?? confirming.error;
  return (
    <section className={styles.exception} aria-label={exception.message}>
      <CircleAlert size={20} strokeWidth={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.strong}>
          <bdi>{exception.message}</bdi>
        </p>
        <p className={styles.dim}>{exception.advice}</p>
      </div>
      <span className={styles.ways}>
        {waysOut(code).map((way) => (
          <Button key={way} whyNot={whyNot} onPress={deeds[way]}>
            {say(`exception.do.${way}`)}
          </Button>
        ))}
      </span>
      {error && <Refused error={error} />}
      {unknownSkus.map((sku) => (
        <MatchSku key={sku} channel={order.channel} channelSku={sku} />
      ))}
      <Suspense>{assigning && <AssignDialog order={order} onClose={() => setAssigning(false)} />}</Suspense>
    </section>
  );
}
