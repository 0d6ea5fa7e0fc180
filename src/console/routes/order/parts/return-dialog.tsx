import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReturnTaken } from '../../../../api/shapes/order-work.js';
import type { Order } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Checkbox } from '../../../ui/checkbox/checkbox.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { Select } from '../../../ui/select/select.js';
import { locationsQuery, useOrderDeed } from '../queries.js';
import { outUnits } from './open-units.js';
import styles from './order.module.css';
import { UnitsTable, unitsSum } from './units-table.js';

/** Takes back what a buyer brought to a store. */
export function ReturnDialog({ order, onClose }: { readonly order: Order; onClose(): void }) {
  const { data } = useQuery(locationsQuery);
  const places = (data ?? []).filter(({ uses }) => uses.includes('return'));
  const [chosen, setChosen] = useState<string | null>(null);
  const location = chosen ?? order.fulfilled?.locations[0] ?? places[0]?.id ?? '';
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const [restock, setRestock] = useState(true);
  const [refund, setRefund] = useState(true);
  const taking = useOrderDeed<ReturnTaken>(order, 'return', ({ units: n, money }) =>
    say(`return.money.${money}`, { n }),
  );
  const lines = order.lines.flatMap(({ line, sku }) =>
    (units[line] ?? 0) > 0 ? [{ sku, quantity: units[line] ?? 0 }] : [],
  );
  const n = unitsSum(units);
  return (
    <Dialog
      title={say('return.title', { order: order.order })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say('common.cancel')}</Button>
          <Button
            kind="primary"
            pending={taking.isPending}
            whyNot={data && places.length === 0 ? say('return.nowhere') : n === 0 ? say('return.none') : null}
            onPress={() => taking.mutate({ location, lines, restock, refund }, { onSuccess: onClose })}
          >
            {say('return.verb', { n })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {taking.error && <Refused error={taking.error} />}
        <UnitsTable
          order={order}
          most={(line) => outUnits(order, line)}
          head={say('return.units')}
          units={units}
          onChange={setUnits}
        />
        <Select
          label={say('return.where')}
          value={location}
          onChange={setChosen}
          choices={places.map(({ id, name }) => ({ id, label: name }))}
        />
        <Checkbox checked={restock} onChange={setRestock}>
          {say('return.restock')}
        </Checkbox>
        <Checkbox checked={refund} onChange={setRefund}>
          {say('return.refund', { channel: order.channel })}
        </Checkbox>
      </div>
    </Dialog>
  );
}
