import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Order } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { Select } from '../../../ui/select/select.js';
import { locationsQuery, type OrderPlace, useOrderDeed } from '../queries.js';
import styles from './order.module.css';

interface Props {
  readonly order: OrderPlace & Partial<Pick<Order, 'fulfilled'>>;
  onClose(): void;
}

/** Gives the whole order to another location; its staff is told. */
export function AssignDialog({ order, onClose }: Props) {
  const { data, error } = useQuery(locationsQuery);
  const method = order.fulfilled?.method;
  const places = (data ?? []).filter(({ uses }) =>
    method === undefined ? true : (uses as readonly string[]).includes(method),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const location = chosen ?? places[0]?.id ?? '';
  const giving = useOrderDeed(order, 'assign', () => say('assign.done', { location }));
  return (
    <Dialog
      title={say('assign.title', { order: order.order })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say('common.cancel')}</Button>
          <Button
            kind="primary"
            pending={giving.isPending}
            whyNot={data && places.length === 0 ? say('assign.nowhere') : null}
            onPress={() => giving.mutate({ location }, { onSuccess: onClose })}
          >
            {say('assign.verb', { location })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {(giving.error ?? error) && <Refused error={giving.error ?? error} />}
        <p>{say('assign.text')}</p>
        <Select
          label={say('assign.where')}
          value={location}
          onChange={setChosen}
          choices={places.map(({ id, name }) => ({ id, label: name }))}
        />
      </div>
    </Dialog>
  );
}
