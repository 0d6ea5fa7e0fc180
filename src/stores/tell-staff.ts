import type { HttpClient } from '../channel/http.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { hookHeaders } from '../domain/hook-signature.js';
import { plusMs } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import type { FulfilDesk } from './fulfil-desk.js';
import { openWork } from './open-work.js';
import { noticeJson, noticeLetter, type StaffNotice } from './staff-letter.js';
import type { NoticeKind } from './staff-notices.js';

/** Hands letters to a mail server. A letter with an id that was handed in before may arrive twice; the id lets mail programs fold them. */
export interface Postman {
  /** Throws ChannelError. */
  send(letter: {
    readonly id: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }): Promise<void>;
}

/** What staff is told through. */
export interface StaffWays {
  readonly http: HttpClient;
  /** Null: there is no mail server. */
  readonly postman: Postman | null;
}

/** What a round of telling did. `due` = `told` + `void` + `postponed`. */
export interface StaffTold {
  readonly due: number;
  readonly told: number;
  /** Nobody has to be told any more: the order left, or the address is not configured now. */
  readonly void: number;
  readonly postponed: number;
}

interface Row {
  readonly external_id: string;
  readonly revision: number;
  readonly location: string;
  readonly way: 'email' | 'webhook';
  readonly address: string;
  readonly kind: NoticeKind;
  readonly attempts: number;
  readonly status: string;
  readonly latest: number;
}

const PER_ROUND = 200;
const DEADLINE_MS = 15_000;

/**
 * Tells the staff what is in the outbox: at least once, each with an id that stays the same. What fails is told again, later each time, for as long as
 * the order waits for the staff; meanwhile it is a problem.
 */
export async function tellStaff(desk: FulfilDesk, ways: StaffWays, signal?: AbortSignal): Promise<StaffTold> {
  const done = { due: 0, told: 0, void: 0, postponed: 0 };
  for (const row of await dueNotices(desk)) {
    signal?.throwIfAborted();
    done.due += 1;
    done[await tell(desk, ways, row)] += 1;
  }
  return done;
}

function dueNotices(desk: FulfilDesk): Promise<Row[]> {
  return desk.database.all<Row>(
    `SELECT n.external_id, n.revision, n.location, n.way, n.address, n.kind, n.attempts, o.status, f.revision AS latest FROM staff_notice n
     JOIN channel_order o ON o.channel = n.channel AND o.external_id = n.external_id
     JOIN order_fulfilment f ON f.channel = n.channel AND f.external_id = n.external_id
     WHERE n.channel = ? AND n.state = 'pending' AND (n.retry_at IS NULL OR n.retry_at <= ?)
     ORDER BY n.made_at, n.external_id, n.revision, n.location, n.way, n.address LIMIT ?`,
    [desk.channel, desk.clock.now(), PER_ROUND],
  );
}

async function tell(desk: FulfilDesk, ways: StaffWays, row: Row): Promise<'told' | 'void' | 'postponed'> {
  const location = desk.locations.find(({ id }) => id === row.location);
  if (!location || !stillTold(location, row)) return mark(desk, row, { state: 'void', error: null });
  const order = { channel: desk.channel, externalId: row.external_id };
  const work = await openWork(desk.database, desk.locations, { location: location.id, order, limit: 500 });
  const asks = row.kind === 'new' || row.kind === 'changed';
  // A later decision has a notice of its own, and an order that has left asks nobody.
  const over = row.latest !== row.revision || row.status === 'cancelled' || row.status === 'shipped';
  if (asks && (over || work.length === 0)) return mark(desk, row, { state: 'void', error: null });
  const id = `${desk.channel}/${row.external_id}/${row.revision}/${location.id}`;
  const notice = { id, kind: row.kind, channel: desk.channel, order: row.external_id, location, work };
  try {
    if (row.way === 'email') await write(ways, row, notice);
    else await call(desk, ways, notice);
    return mark(desk, row, { state: 'told', error: null });
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return mark(desk, row, { state: 'pending', error: error.message });
  }
}

function stillTold({ staff }: Location, { way, address }: Row): boolean {
  return way === 'email' ? staff.emails.includes(address) : staff.webhook !== null;
}

async function write({ postman }: StaffWays, row: Row, notice: StaffNotice): Promise<void> {
  if (postman === null)
    throw new ChannelError('there is no mail server', {
      code: 'no_mail_server',
      kind: 'not-sent',
      owner: 'operator',
      advice: 'Set up `mail` in omnifeed.yaml.',
    });
  await postman.send({ id: notice.id, to: row.address, ...noticeLetter(notice) });
}

async function call(desk: FulfilDesk, { http }: StaffWays, notice: StaffNotice): Promise<void> {
  const { webhook } = notice.location.staff;
  if (webhook === null) return;
  const body = noticeJson(notice);
  const { status } = await http.send({
    method: 'POST',
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      ...hookHeaders({ id: notice.id, at: desk.clock.now(), body }, webhook.secret),
    },
    body,
    deadlineMs: DEADLINE_MS,
    maxBytes: 64 * 1024,
  });
  if (status >= 200 && status < 300) return;
  throw new ChannelError(`the webhook of ${notice.location.id} answered ${status}`, {
    code: 'hook_refused',
    kind: 'refused',
    owner: 'operator',
    advice: 'Check the address and the secret of the webhook under `staff` of the location.',
  });
}

async function mark(
  desk: FulfilDesk,
  row: Row,
  after: { readonly state: 'told' | 'void' | 'pending'; readonly error: string | null },
): Promise<'told' | 'void' | 'postponed'> {
  const now = desk.clock.now();
  const attempts = row.attempts + 1;
  const again = after.state === 'pending' ? plusMs(now, Math.ceil(backoffMs(attempts + 3, 1))) : null;
  await desk.database.run(
    `UPDATE staff_notice SET state = ?, attempts = ?, retry_at = ?, error = ?, told_at = ?
     WHERE channel = ? AND external_id = ? AND revision = ? AND location = ? AND way = ? AND address = ?`,
    [
      after.state,
      attempts,
      again,
      after.error,
      after.state === 'told' ? now : null,
      desk.channel,
      row.external_id,
      row.revision,
      row.location,
      row.way,
      row.address,
    ],
  );
  return after.state === 'pending' ? 'postponed' : after.state;
}
