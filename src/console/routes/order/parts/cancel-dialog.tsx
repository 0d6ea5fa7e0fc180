import { useState } from 'react';
import type { Order } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { Select } from '../../../ui/select/select.js';
import { useOrderDeed } from '../queries.js';
import { openUnits } from './open-units.js';
import styles from './order.module.css';
import { UnitsTable, unitsSum } from './units-table.js';

const REASONS = ['no-stock', 'buyer-asked', 'undeliverable', 'price-error', 'other'] as const;

/** Cancels units at the channel that have not left; it cannot be called back. */
export function CancelDialog({ order, onClose }: { readonly order: Order; onClose(): void }) {
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState<(typeof REASONS)[number]>('no-stock');
  const { channel } = order;
  const cancelling = useOrderDeed(order, 'cancel', () => say('cancel.told', { channel }));
  const n = unitsSum(units);
  const lines = Object.entries(units)
    .filter(([, quantity]) => quantity > 0)
    .map(([lineId, quantity]) => ({ lineId, quantity }));
  return (
    <Confirm
      title={say('cancel.title', { order: order.order })}
      verb={say('cancel.verb', { n })}
      open
      pending={cancelling.isPending}
      whyNot={n === 0 ? say('cancel.none') : null}
      onConfirm={() => cancelling.mutate({ reason, lines }, { onSuccess: onClose })}
      onClose={onClose}
      consequence={
        <div className={styles.form}>
          {cancelling.error && <Refused error={cancelling.error} />}
          <p>{say('cancel.text', { channel })}</p>
          <UnitsTable
            order={order}
            most={(line) => openUnits(order, line)}
            head={say('cancel.units')}
            units={units}
            onChange={setUnits}
          />
          <Select
            label={say('cancel.reason')}
            value={reason}
            onChange={(id) => setReason(REASONS.find((each) => each === id) ?? 'other')}
            choices={REASONS.map((id) => ({ id, label: say(`cancel.reason.${id}`) }))}
          />
        </div>
      }
    />
  );
}
