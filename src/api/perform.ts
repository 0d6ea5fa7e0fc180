import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { writeDown } from '../access/audit-log.js';
import { forgetCall, keepAnswer, type RepeatableCall, takeCall } from '../access/repeated-calls.js';
import type { App } from '../app.js';
import { canonicalJson, type JsonValue } from '../domain/json.js';
import { statusOf, takesKey, writes } from './openapi.js';
import { problemOf, Refusal } from './problem.js';
import type { AuditNote, Call, Route } from './route.js';

type AnyCall = Call<never, never, never>;

/** A call about to be done. */
export interface Doing {
  readonly route: Route;
  readonly request: FastifyRequest;
  readonly app: App;
  /** The call for the handler, telling its audit note to `note`. */
  call(note: (note: AuditNote) => void): AnyCall;
}

/** What came of a call: what the handler answered, or the text of an earlier answer to the same call. */
export type Done = { readonly given: unknown } | { readonly status: number; readonly earlier: string | null };

/** Does a call. Writes are written into the audit log whatever comes of them; one with a key that was used gets the earlier answer. */
export async function perform(doing: Doing): Promise<Done> {
  const repeatable = repeatableCall(doing);
  if (repeatable === null) return { given: await done(doing) };
  const { database, clock } = doing.app;
  const earlier = await takeCall(database, repeatable, clock.now());
  if (earlier.state === 'answered') return { status: earlier.status, earlier: earlier.answer };
  if (earlier.state !== 'new') throw notAgain(earlier.state);
  const given = await done(doing).catch(async (error: unknown) => {
    // Refused: nothing was done. Of a failure nobody knows, so the key stays taken.
    if (problemOf(error, '').status < 500) await forgetCall(database, repeatable);
    throw error;
  });
  const kept = given === undefined || doing.route.shownOnce ? null : JSON.stringify(given);
  await keepAnswer(database, repeatable, {
    status: doing.route.shownOnce ? 204 : statusOf(doing.route),
    body: kept,
  });
  return { given };
}

function notAgain(state: 'under-way' | 'other'): Refusal {
  return state === 'other'
    ? new Refusal(
        409,
        'key_of_another_call',
        'This idempotency key belongs to another call.',
        'Use a new key for a new call.',
      )
    : new Refusal(
        409,
        'call_under_way',
        'The call with this idempotency key is under way, or broke off half done.',
        'Look whether it was done before you send it again with a new key.',
      );
}

function repeatableCall({ route, request }: Doing): RepeatableCall | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || !takesKey(route)) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,100}$/.test(key))
    throw new Refusal(
      400,
      'key_unreadable',
      'The idempotency key is not 8 to 100 letters, digits and signs.',
      'Use a random UUID.',
    );
  const { caller } = request;
  const what = `${route.method} ${request.url}\n${canonicalJson((request.body ?? null) as JsonValue)}`;
  return {
    caller: caller === null ? `address ${request.ip}` : `${caller.kind} ${caller.id}`,
    key,
    hash: createHash('sha256').update(what).digest('hex'),
  };
}

async function done(doing: Doing): Promise<unknown> {
  const { route } = doing;
  let note: AuditNote | null = null;
  const call = doing.call((told) => {
    note = told;
  });
  if (!writes(route)) return route.handle(call);
  let given: unknown;
  try {
    given = await route.handle(call);
  } catch (error) {
    const { code } = problemOf(error, '');
    await record(doing, note, code).catch((failure) => {
      doing.app.log.error({ requestId: doing.request.id }, `the audit log took no entry: ${String(failure)}`);
    });
    throw error;
  }
  await record(doing, note, 'done');
  return given;
}

async function record(
  { route, request, app }: Doing,
  note: AuditNote | null,
  outcome: string,
): Promise<void> {
  const { caller } = request;
  const actor = {
    kind: caller?.kind ?? (note?.by === undefined ? ('nobody' as const) : ('user' as const)),
    id: caller?.id ?? note?.by?.id ?? '',
    name: caller?.name ?? note?.by?.name ?? '',
    address: request.ip,
    requestId: request.id,
  };
  const params = Object.values((request.params ?? {}) as Record<string, string>).join(' ');
  await writeDown(app.database, actor, {
    action: `${route.method} ${route.path}`,
    object: note?.object ?? params,
    outcome,
    before: note?.before ?? null,
    after: note?.after ?? null,
    at: app.clock.now(),
  });
}
