import { useMutation } from '@tanstack/react-query';
import type { RevealedBuyer } from '../../../../api/shapes/order-actions.js';
import type { Order } from '../../../../api/shapes/orders.js';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { FactList } from '../../../ui/fact-list/fact-list.js';
import { Refused } from '../../../ui/form/form.js';
import { revealBuyer } from '../queries.js';
import styles from './order.module.css';

/** Where the order goes: covered until somebody who may asks, which is written down. */
export function ShipToCard({ order }: { readonly order: Order }) {
  const whyNot = useWhyNot()('buyers:read');
  const revealing = useMutation({ mutationFn: () => revealBuyer(order), gcTime: 0 });
  return (
    <Card
      title={say('order.ship_to')}
      actions={
        order.buyer === 'kept' &&
        !revealing.data && (
          <Button whyNot={whyNot} pending={revealing.isPending} onPress={() => revealing.mutate()}>
            {say('order.reveal')}
          </Button>
        )
      }
    >
      {revealing.error && <Refused error={revealing.error} />}
      {revealing.data ? (
        <FactList facts={factsOf(revealing.data)} />
      ) : (
        <p className={styles.dim}>{say(`order.buyer.${order.buyer}`)}</p>
      )}
    </Card>
  );
}

function factsOf(buyer: RevealedBuyer): readonly (readonly [string, string])[] {
  const { address } = buyer;
  const place = address && [address.postalCode, address.city, address.region, address.country];
  const lines = address ? [...address.lines, place?.filter(Boolean).join(' ')] : [];
  return (
    [
      ['name', buyer.name],
      ['company', buyer.company],
      ['address', lines.filter(Boolean).join(', ')],
      ['phone', buyer.phone],
      ['email', buyer.email],
    ] as const
  ).flatMap(([name, fact]) => (fact ? [[say(`order.buyer.${name}`), fact] as const] : []));
}
