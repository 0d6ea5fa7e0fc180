import type { Instant } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import { wallMs } from '../mapping/functions/zone-time.js';
import type { OpenWork } from './open-work.js';
import type { NoticeKind } from './staff-notices.js';

/** What the staff of a location is told of one order. There is no buyer in it. */
export interface StaffNotice {
  /** The same whenever it is sent again. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly channel: string;
  readonly order: string;
  readonly location: Location;
  /** What is to be done there now. */
  readonly work: readonly OpenWork[];
}

/** The notice as JSON text, for a webhook: `{ id, event, channel, order, location, method, shipBy, readyBy, lines }`. Pure. */
export function noticeJson({ id, kind, channel, order, location, work }: StaffNotice): string {
  const [first] = work;
  return JSON.stringify({
    id,
    event: `order.${kind}`,
    channel,
    order,
    location: { id: location.id, code: location.code, name: location.name },
    method: first?.method ?? null,
    shipBy: first?.shipBy ?? null,
    readyBy: first?.readyBy ?? null,
    lines: work.map(({ lineId, sku, bundle, title, options, bin, quantity }) => ({
      lineId,
      sku,
      bundle,
      title,
      options,
      bin,
      quantity,
    })),
  });
}

/** A letter: one line of subject, plain text. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

const SUBJECTS: Readonly<Record<NoticeKind, string>> = {
  new: 'New order',
  changed: 'Order changed',
  'taken-away': 'Order given to another location',
  cancelled: 'Order cancelled',
};

const TO_DO: Readonly<Record<OpenWork['method'], string>> = {
  ship: 'Send it as a parcel',
  pickup: 'The buyer fetches it in the store',
  curbside: 'The buyer fetches it at the kerb',
};

/** The notice as a letter. Times are on the clock of the location. Pure. */
export function noticeLetter({ kind, channel, order, location, work }: StaffNotice): Letter {
  const subject = oneLine(`${SUBJECTS[kind]} ${order} (${channel}) for ${location.name}`);
  const [first] = work;
  if (kind === 'taken-away' || kind === 'cancelled')
    return {
      subject,
      text: `${subject}.\n\nPut back what was picked for it; there is nothing more to do.\n`,
    };
  if (first === undefined) return { subject, text: `${subject}.\n\nThere is nothing left to do.\n` };
  const until = first.method === 'ship' ? first.shipBy : first.readyBy;
  const head = `${TO_DO[first.method]}${until === null ? '' : ` by ${wallText(until, location.zone)}`}:`;
  const lines = work.map(
    ({ quantity, sku, bundle, title, options, bin }) =>
      `  ${quantity} × ${oneLine([sku, title, options].filter((part) => part !== null).join(', '))}${bundle === null ? '' : ` (for the bundle ${oneLine(bundle)})`}${bin === null ? '' : `  [${oneLine(bin)}]`}`,
  );
  return { subject, text: `${subject}.\n\n${head}\n\n${lines.join('\n')}\n` };
}

/** `2026-11-27 18:00` on the wall clock of a zone. */
export function wallText(at: Instant, zone: string): string {
  return new Date(wallMs(zone, Date.parse(at))).toISOString().slice(0, 16).replace('T', ' ');
}

/** Control characters of a title would end a header or a line. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
