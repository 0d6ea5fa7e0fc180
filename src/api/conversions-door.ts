import type { App } from '../app.js';
import { takePurchases } from '../conversions/take-purchases.js';
import { isJsonArray, type JsonValue } from '../domain/json.js';
import { sameSecret } from './same-secret.js';
import type { Door } from './server.js';

/** Purchases of one call. */
const MOST_PURCHASES = 100;
const BODY_BYTES = 512 * 1024;

interface Answer {
  readonly status: number;
  readonly body: object;
}

/**
 * `POST /conversions/<channel>`: the shop tells purchases, one or a list; `Authorization: Bearer <secret>`. Taken are those with consent
 * whose buyer came from the channel; nothing of them is logged or told back but counts.
 */
export function conversionsDoor(app: App, secret: string): Door {
  return {
    name: 'conversions',
    add(server) {
      server.post<{ Params: { channel: string }; Body: JsonValue }>(
        '/conversions/:channel',
        { bodyLimit: BODY_BYTES },
        async ({ headers, params, body }, reply) => {
          const told = isJsonArray(body) ? body : [body];
          const answer = sameSecret(bearerIn(headers.authorization), secret)
            ? await answerTo(app, params.channel, told)
            : refusal(401, 'unauthorized', 'The secret is missing or wrong. Send it as a bearer token.');
          return reply.status(answer.status).send(answer.body);
        },
      );
    },
  };
}

async function answerTo(app: App, channel: string, told: readonly JsonValue[]): Promise<Answer> {
  const configured = app.config.channels.some((known) => known.id === channel);
  const port = configured ? app.open(channel).conversions : undefined;
  if (!port)
    return refusal(
      404,
      'no_conversions',
      'This channel takes no purchases. Add `conversions` to its settings.',
    );
  if (told.length > MOST_PURCHASES)
    return refusal(413, 'too_many', `A call takes ${MOST_PURCHASES} purchases. Send several calls.`);
  const desk = { queries: app.database, channel, port, sealer: await app.sealer(), now: app.clock.now() };
  const taken = await takePurchases(told, desk);
  if (taken.taken > 0) await app.queue.wake('report-purchases', channel);
  return { status: taken.refused.length === told.length ? 400 : 202, body: taken };
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}

function bearerIn(header: string | undefined): string {
  return /^Bearer (.+)$/i.exec(header ?? '')?.[1] ?? '';
}
