import type { Order } from '../../../../api/shapes/orders.js';
import { say } from '../../../strings/say.js';
import { FieldPair } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { NumberField } from '../../../ui/number-field/number-field.js';
import { Select } from '../../../ui/select/select.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import styles from './order.module.css';
import { trackingHint } from './tracking-hint.js';

/** A parcel as it is being entered. */
export interface ParcelDraft {
  /** Tells drafts apart. */
  readonly id: number;
  /** One of the channel's names, or `OTHER`. */
  readonly carrier: string;
  /** The name where it is another one, or the channel takes every name. */
  readonly otherCarrier: string;
  readonly number: string;
  /** Units by line. */
  readonly units: Readonly<Record<string, number>>;
}

/** A carrier that is not in the channel's list. */
export const OTHER = '*';

/** The carrier as it is told. */
export function carrierOf({ carrier, otherCarrier }: ParcelDraft): string {
  return carrier === OTHER ? otherCarrier.trim() : carrier;
}

interface Props {
  readonly order: Order;
  readonly draft: ParcelDraft;
  /** Most units by line. */
  readonly most: Readonly<Record<string, number>>;
  /** What is in it cannot be changed any more. */
  readonly fixed: boolean;
  onChange(draft: ParcelDraft): void;
}

/** One parcel: carrier, number and what is in it. */
export function ParcelFields({ order, draft, most, fixed, onChange }: Props) {
  const hint = trackingHint(carrierOf(draft), draft.number);
  const { carriers } = order;
  return (
    <>
      <FieldPair>
        {carriers !== null && (
          <Select
            label={say('shipment.carrier')}
            value={draft.carrier}
            onChange={(carrier) => onChange({ ...draft, carrier })}
            choices={[
              ...carriers.map((id) => ({ id, label: id })),
              { id: OTHER, label: say('shipment.other') },
            ]}
          />
        )}
        {draft.carrier === OTHER && (
          <TextField
            label={carriers === null ? say('shipment.carrier') : say('shipment.other_name')}
            value={draft.otherCarrier}
            maxLength={100}
            onChange={(otherCarrier) => onChange({ ...draft, otherCarrier })}
          />
        )}
        <TextField
          code
          label={say('shipment.number')}
          value={draft.number}
          maxLength={100}
          help={hint === null ? undefined : say(hint)}
          onChange={(number) => onChange({ ...draft, number })}
        />
      </FieldPair>
      {carriers !== null && draft.carrier === OTHER && (
        <Notice tone="warning">{say('shipment.other_note', { channel: order.channel })}</Notice>
      )}
      {!fixed && (
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">{say('column.product')}</th>
              <th scope="col" className={styles.n}>
                {say('shipment.units')}
              </th>
            </tr>
          </thead>
          <tbody>
            {order.lines
              .filter(({ line }) => (most[line] ?? 0) > 0)
              .map(({ line, sku, title }) => (
                <tr key={line}>
                  <th scope="row">
                    <span className={styles.sku}>
                      {title !== null && <bdi>{title}</bdi>}
                      <code dir="ltr">{sku}</code>
                    </span>
                  </th>
                  <td className={styles.n}>
                    <NumberField
                      bare
                      label={say('shipment.units_of', { sku })}
                      value={draft.units[line] ?? 0}
                      max={most[line] ?? 0}
                      onChange={(units) => onChange({ ...draft, units: { ...draft.units, [line]: units } })}
                    />{' '}
                    {say('shipment.of', { n: most[line] ?? 0 })}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </>
  );
}
