import { useState } from 'react';
import type { Order } from '../../../../api/shapes/orders.js';
import { money } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { FieldPair, Refused } from '../../../ui/form/form.js';
import { minorIn } from '../../../ui/money-field/minor-in.js';
import { MoneyField } from '../../../ui/money-field/money-field.js';
import { NumberField } from '../../../ui/number-field/number-field.js';
import { Select } from '../../../ui/select/select.js';
import { useOrderDeed } from '../queries.js';
import styles from './order.module.css';

const REASONS = ['returned', 'not-delivered', 'damaged', 'cancelled', 'goodwill', 'other'] as const;

type Line = Order['lines'][number];

/** Has the channel give money back; the button names the amount, and it cannot be called back. */
export function RefundDialog({ order, onClose }: { readonly order: Order; onClose(): void }) {
  const priced = order.lines.filter(({ unitPrice }) => unitPrice !== null);
  const [line, setLine] = useState<Line | undefined>(priced[0]);
  const [text, setText] = useState('');
  const [units, setUnits] = useState(0);
  const [reason, setReason] = useState<(typeof REASONS)[number]>('returned');
  const { channel } = order;
  const giving = useOrderDeed(order, 'refund', () => say('refund.told', { channel }));
  const currency = line?.unitPrice?.currency ?? 'USD';
  const minor = minorIn(text, currency);
  const most = line === undefined ? 0 : paidFor(line);
  const ready = line !== undefined && minor !== null && minor > 0 && minor <= most;
  return (
    <Confirm
      title={say('refund.title', { order: order.order })}
      verb={ready ? say('refund.verb', { amount: money({ minor, currency }) }) : say('refund.verb_empty')}
      open
      pending={giving.isPending}
      whyNot={line === undefined ? say('refund.no_price') : ready ? null : say('refund.none')}
      onConfirm={() => {
        if (!ready) return;
        const lines = [{ lineId: line.line, quantity: units, amount: { minor, currency } }];
        giving.mutate({ reason, lines }, { onSuccess: onClose });
      }}
      onClose={onClose}
      consequence={
        <div className={styles.form}>
          {giving.error && <Refused error={giving.error} />}
          <p>{say('refund.text', { channel })}</p>
          <Select
            label={say('refund.line')}
            value={line?.line ?? ''}
            onChange={(id) => setLine(priced.find((each) => each.line === id))}
            choices={priced.map((each) => ({ id: each.line, label: `${each.sku} · ${each.title ?? ''}` }))}
          />
          <FieldPair>
            <MoneyField
              label={say('refund.amount')}
              text={text}
              currency={currency}
              onChange={setText}
              most={most}
            />
            <NumberField
              label={say('refund.units')}
              value={units}
              max={line?.ordered ?? 0}
              onChange={setUnits}
            />
          </FieldPair>
          <p className={styles.dim}>{say('refund.most', { amount: money({ minor: most, currency }) })}</p>
          <Select
            label={say('refund.reason')}
            value={reason}
            onChange={(id) => setReason(REASONS.find((each) => each === id) ?? 'other')}
            choices={REASONS.map((id) => ({ id, label: say(`refund.reason.${id}`) }))}
          />
        </div>
      }
    />
  );
}

/** What was paid for a line; what was given back before is taken off by the server, which knows it. */
function paidFor({ unitPrice, ordered, discount }: Line): number {
  return Math.max(0, (unitPrice?.minor ?? 0) * ordered - Math.abs(discount?.minor ?? 0));
}
