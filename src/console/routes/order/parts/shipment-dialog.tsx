import { useState } from 'react';
import type { Order } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { DateField, instantIn, typedMoment } from '../../../ui/date-field/date-field.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { useOrderDeed } from '../queries.js';
import { openUnits } from './open-units.js';
import styles from './order.module.css';
import { carrierOf, OTHER, type ParcelDraft, ParcelFields } from './parcel-fields.js';

type Parcel = Order['parcels'][number];

interface Props {
  readonly order: Order;
  /** The parcel that is corrected; absent: new ones are entered. */
  readonly parcel?: Parcel;
  onClose(): void;
}

/** Enters parcels, with what is open in the first one; or corrects carrier and number of one. Each parcel is told once, under its own reference. */
export function ShipmentDialog({ order, parcel, onClose }: Props) {
  const [drafts, setDrafts] = useState<readonly ParcelDraft[]>(() => [draftOf(order, parcel)]);
  const [shippedAt, setShippedAt] = useState(() =>
    typedMoment(parcel?.shippedAt ?? new Date().toISOString()),
  );
  const telling = useOrderDeed<{ readonly outcome: string }>(order, 'shipments', ({ outcome }) =>
    say(`shipment.${outcomeOf(outcome)}`, { channel: order.channel }),
  );
  const missing = drafts.some((draft) => carrierOf(draft) === '' || draft.number.trim() === '');
  const empty = parcel === undefined && drafts.some(({ units }) => sum(units) === 0);
  const send = async (): Promise<void> => {
    for (const draft of drafts) {
      await telling.mutateAsync(bodyOf(order, { draft, parcel, shippedAt }));
      setDrafts((before) => before.filter(({ id }) => id !== draft.id)); // told: a failure of the next one leaves only what is not
    }
    onClose();
  };
  return (
    <Dialog
      title={parcel === undefined ? say('shipment.title') : say('shipment.correct_title')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say('common.cancel')}</Button>
          <Button
            kind="primary"
            pending={telling.isPending}
            whyNot={missing ? say('shipment.missing') : empty ? say('shipment.empty') : null}
            onPress={() => void send().catch(() => undefined)}
          >
            {parcel === undefined
              ? say('shipment.tell', { n: drafts.length, channel: order.channel })
              : say('shipment.correct', { channel: order.channel })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {telling.error && <Refused error={telling.error} />}
        {drafts.map((draft, at) => (
          <fieldset key={draft.id} className={styles.group}>
            <legend>{say('shipment.parcel', { n: at + 1 })}</legend>
            <ParcelFields
              order={order}
              draft={draft}
              most={leftFor(order, drafts, draft)}
              fixed={parcel !== undefined}
              onChange={(next) => setDrafts(drafts.map((each) => (each.id === draft.id ? next : each)))}
            />
          </fieldset>
        ))}
        <DateField time label={say('shipment.shipped_at')} value={shippedAt} onChange={setShippedAt} />
        {parcel === undefined && (
          <p>
            <Button
              onPress={() => setDrafts([...drafts, { ...draftOf(order), id: drafts.length + 1, units: {} }])}
            >
              {say('shipment.add')}
            </Button>
          </p>
        )}
      </div>
    </Dialog>
  );
}

function draftOf(order: Order, parcel?: Parcel): ParcelDraft {
  const carrier = parcel?.carrier ?? order.carriers?.[0] ?? '';
  const listed = order.carriers?.includes(carrier) ?? false;
  return {
    id: 0,
    carrier: listed ? carrier : OTHER,
    otherCarrier: listed ? '' : carrier,
    number: parcel?.trackingNumber ?? '',
    units: Object.fromEntries(order.lines.map((line) => [line.line, openUnits(order, line)])),
  };
}

/** What the other parcels leave for one. */
function leftFor(
  order: Order,
  drafts: readonly ParcelDraft[],
  draft: ParcelDraft,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    order.lines.map((line) => {
      const others = drafts
        .filter(({ id }) => id !== draft.id)
        .reduce((total, { units }) => total + (units[line.line] || 0), 0);
      return [line.line, Math.max(draft.units[line.line] || 0, openUnits(order, line) - others)];
    }),
  );
}

function sum(units: Readonly<Record<string, number>>): number {
  return Object.values(units).reduce((total, each) => total + (each || 0), 0);
}

function bodyOf(
  order: Order,
  {
    draft,
    parcel,
    shippedAt,
  }: { readonly draft: ParcelDraft; readonly parcel: Parcel | undefined; readonly shippedAt: string },
) {
  const at = instantIn(shippedAt);
  const lines = order.lines.flatMap(({ line, sku }) => {
    const quantity = draft.units[line] || 0;
    return quantity > 0 ? [{ lineId: line, sku, quantity }] : [];
  });
  return {
    carrier: carrierOf(draft),
    trackingNumber: draft.number.trim(),
    ...(at === undefined ? {} : { shippedAt: at }),
    ...(parcel === undefined ? { lines } : { reference: parcel.reference }),
  };
}

function outcomeOf(outcome: string): 'recorded' | 'known' | 'corrected' | 'surplus' {
  return outcome === 'known' || outcome === 'corrected' || outcome === 'surplus' ? outcome : 'recorded';
}
