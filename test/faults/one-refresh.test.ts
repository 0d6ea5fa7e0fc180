import { describe, expect, it } from 'vitest';
import { accessTokens as amazonTokens } from '../../connectors/amazon/auth.js';
import type { AmazonSettings } from '../../connectors/amazon/settings.js';
import { accessTokens as googleTokens } from '../../connectors/google-merchant/auth.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { type Dice, dice } from '../chaos/dice.js';
import { testHost } from '../connectors/google-merchant/support.js';
import { handClock } from '../support/channel-bench.js';

const SEEDS = Number(process.env.OMNIFEED_PROOF_SEEDS ?? 1_000);

/** A token endpoint that takes the whole authorization back when two exchanges meet, as one that rotates refresh tokens does. */
function strictEndpoint(roll: Dice) {
  let underWay = 0;
  let issued = 0;
  const state = { revoked: false, exchanges: 0, good: new Set<string>() };
  async function exchange(): Promise<HttpReply> {
    state.exchanges += 1;
    underWay += 1;
    if (underWay > 1) state.revoked = true;
    await turns(roll.below(4));
    underWay -= 1;
    if (state.revoked) return reply(400, { error: 'invalid_grant' });
    const token = `token-${++issued}`;
    state.good = new Set([token]);
    return reply(200, { access_token: token, expires_in: 3_600 });
  }
  return { state, exchange };
}

function reply(status: number, body: object): HttpReply {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

/** Lets everybody else go on that many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

interface Tokens {
  current(): Promise<string>;
  refused(token: string): void;
}

const CLIENTS: Readonly<Record<string, (exchange: () => Promise<HttpReply>) => Tokens>> = {
  'Google Merchant': (exchange) => {
    const credential = { kind: 'user' as const, clientId: 'c', clientSecret: 's', refreshToken: 'r' };
    const tokens = googleTokens(
      { tokenUrl: 'http://127.0.0.1:9/', scope: 's', credential },
      { send: exchange },
      handClock(),
    );
    return { current: () => tokens.current(), refused: (token) => tokens.discard(token) };
  },
  Amazon: (exchange) => {
    const host: Host = { ...testHost(), clock: handClock() };
    const settings = { clientId: 'c', clientSecret: 's', refreshToken: 'r' } as AmazonSettings;
    const tokens = amazonTokens(settings, host, { exchange });
    return { current: () => tokens.token(), refused: (token) => tokens.refused(token) };
  },
};

/** A worker that uses a token a few times and finds it refused when another one was issued since. */
async function worker(tokens: Tokens, good: () => ReadonlySet<string>, roll: Dice): Promise<void> {
  for (let call = 0; call < 4; call++) {
    const token = await tokens.current();
    await turns(roll.below(5));
    if (!good().has(token)) tokens.refused(token);
  }
}

describe('a token that dies while several workers use it', () => {
  it.each(Object.keys(CLIENTS))(
    `is renewed by one of them at a time, and the authorization survives: %s`,
    async (client) => {
      for (let seed = 1; seed <= SEEDS; seed++) {
        const roll = dice(seed);
        const { state, exchange } = strictEndpoint(roll);
        const tokens = CLIENTS[client]!(exchange);
        const killer = (async () => {
          for (let death = 0; death < 2; death++) {
            await turns(3 + roll.below(8));
            state.good = new Set();
          }
        })();
        await Promise.all([killer, ...[1, 2, 3, 4].map(() => worker(tokens, () => state.good, roll))]);
        expect([seed, state.revoked]).toEqual([seed, false]);
        expect([seed, state.exchanges <= 4]).toEqual([seed, true]);
      }
    },
  );
});
