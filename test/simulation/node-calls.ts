import { ChannelError, type FailureKind } from '../../src/domain/errors.js';
import { type Life, never } from './time.js';
import type { World } from './world.js';

/** How late a call whose answer nobody waited for may still be applied: what `Limits.quietMs` of the markets promises. */
export const LATEST_MS = 30_000;
/** The total deadline of a call, as our HTTP client has it. */
const DEADLINE_MS = 30_000;

/**
 * A port as one process calls it over the network: every call takes time, may fail in each way the contract knows, before or after it was
 * applied, and the process may be killed around it. `plain`: members that are no calls.
 */
export function calling<Port extends object>(
  port: Port,
  over: { readonly far: string; readonly life: Life; readonly world: World },
  plain: readonly string[] = [],
): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || plain.includes(String(name))) return member;
      const apply = (given: readonly unknown[]) => Promise.resolve(Reflect.apply(member, target, given));
      return (...given: unknown[]) => call(over, String(name), () => apply(given));
    },
  });
}

async function call(
  { far, life, world }: { readonly far: string; readonly life: Life; readonly world: World },
  name: string,
  apply: () => Promise<unknown>,
): Promise<unknown> {
  const where = `${far}.${name}`;
  const { weather, time, roll } = world;
  await world.mayGoOn(life);
  if (weather.strikes('killed-before-call', where)) {
    world.kill(life);
    return never();
  }
  world.note(`${life.name} calls ${where}`);
  const beganMs = time.nowMs;
  await time.sleep(5 + roll.below(200));
  await world.mayGoOn(life);
  // Whoever slept over the deadline of a call finds it given up before it left.
  if (time.nowMs - beganMs > DEADLINE_MS) throw failure('not-sent');
  if (world.revoked.has(far) || weather.strikes('auth-lost', where)) {
    world.revoked.add(far);
    world.refusedCall(far);
    throw failure('auth-lost');
  }
  if (weather.strikes('call-not-sent', where)) throw failure('not-sent');
  if (weather.strikes('call-throttled', where)) throw failure('throttled');
  if (weather.strikes('call-lost', where)) throw failure('ambiguous');
  if (weather.strikes('call-slow', where)) await time.sleep(1_000 + roll.below(20_000));
  if (weather.strikes('call-late', where)) {
    const lateMs = roll.below(LATEST_MS);
    world.elsewhere(() =>
      time.after(lateMs, () => {
        world.note(`${where} is applied late`);
        void apply().catch(() => undefined);
      }),
    );
    throw failure('ambiguous');
  }
  const answer = await world.elsewhere(apply);
  if (weather.strikes('killed-after-call', where)) world.kill(life);
  await time.sleep(5 + roll.below(200));
  await world.mayGoOn(life);
  if (weather.strikes('answer-lost', where)) throw failure('ambiguous');
  return answer;
}

function failure(kind: FailureKind): ChannelError {
  return new ChannelError(`the call failed: ${kind}`, {
    code: `simulated_${kind.replace('-', '_')}`,
    kind,
    owner: kind === 'auth-lost' ? 'operator' : 'channel',
    advice: 'Wait; the simulation heals.',
    againInMs: kind === 'throttled' ? 5_000 : null,
  });
}
