import { MoreHorizontal } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { Order } from '../../../../api/shapes/orders.js';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Menu, type MenuChoice } from '../../../ui/menu/menu.js';
import { useOrderDeed } from '../queries.js';
import { AssignDialog, CancelDialog, RefundDialog, ReturnDialog, ShipmentDialog } from './dialogs.js';
import { openUnits, outUnits } from './open-units.js';

type Open = 'shipment' | 'cancel' | 'refund' | 'return' | 'assign';

/** What can be done about an order: the parcel first, everything else under More. */
export function OrderActions({ order }: { readonly order: Order }) {
  const [open, setOpen] = useState<Open | null>(null);
  const whyNot = useWhyNot()('orders:write');
  const placing = useOrderDeed(order, 'place', () => say('order.placing'));
  const taking = useOrderDeed(order, 'take-over', () => say('order.taken_over'));
  const close = (): void => setOpen(null);
  const left = order.lines.some((line) => openUnits(order, line) > 0);
  const out = order.lines.some((line) => outUnits(order, line) > 0);
  const choices: readonly (MenuChoice | false)[] = [
    order.shop === null && {
      id: 'place',
      label: say('order.do.place'),
      onAction: () => placing.mutate(undefined),
    },
    order.shop === null && {
      id: 'take-over',
      label: say('order.do.take_over'),
      onAction: () => taking.mutate(undefined),
    },
    order.fulfilled !== null && {
      id: 'assign',
      label: say('order.do.assign'),
      onAction: () => setOpen('assign'),
    },
    out && { id: 'return', label: say('order.do.return'), onAction: () => setOpen('return') },
    order.tells.includes('refund') && {
      id: 'refund',
      label: say('order.do.refund'),
      danger: true,
      onAction: () => setOpen('refund'),
    },
    left &&
      order.tells.includes('cancel') && {
        id: 'cancel',
        label: say('order.do.cancel'),
        danger: true,
        onAction: () => setOpen('cancel'),
      },
  ];
  const shown = choices.filter((choice) => choice !== false);
  return (
    <>
      {shown.length > 0 && whyNot !== null && <Button whyNot={whyNot}>{say('order.more')}</Button>}
      {shown.length > 0 && whyNot === null && (
        <Menu
          label={say('order.more')}
          trigger={<Button icon={<MoreHorizontal size={16} />}>{say('order.more')}</Button>}
          choices={shown}
        />
      )}
      {order.ships && left && order.fulfilledBy !== 'channel' && order.status !== 'pending' && (
        <Button kind="primary" whyNot={whyNot} onPress={() => setOpen('shipment')}>
          {say('order.do.ship')}
        </Button>
      )}
      <Suspense>
        {open === 'shipment' && <ShipmentDialog order={order} onClose={close} />}
        {open === 'cancel' && <CancelDialog order={order} onClose={close} />}
        {open === 'refund' && <RefundDialog order={order} onClose={close} />}
        {open === 'return' && <ReturnDialog order={order} onClose={close} />}
        {open === 'assign' && <AssignDialog order={order} onClose={close} />}
      </Suspense>
    </>
  );
}
