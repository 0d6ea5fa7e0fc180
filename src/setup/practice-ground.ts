import type { ConnectorRegistry } from '../channel/registry.js';
import type { RunningSimulator } from '../channel/simulator.js';
import { OperatorError } from '../domain/errors.js';

/** How long practice channels take for what they accepted: long enough to see that accepted is not yet live. */
const PROCESSING_MS = 2_000;

/** What a channel needs to work with its practice place. `settings` holds made-up credentials. */
export type PracticePlace = Pick<RunningSimulator, 'settings' | 'market'>;

/** Where channels are practised on: each has a simulator of its own on this machine, which nobody else sees. */
export interface PracticeGround {
  /** Starts a fresh simulator for a channel in place of the one it had. Throws `no_practice` where a connector has none. */
  open(channel: string, connector: string): Promise<PracticePlace>;
  /** Whether a channel is practised on: nobody waits for it as for a real one. */
  has(channel: string): boolean;
  /** Ends the simulator of a channel; nothing where it has none. */
  close(channel: string): Promise<void>;
  stop(): Promise<void>;
}

/** A practice ground without any channel yet. */
export function practiceGround(connectors: ConnectorRegistry): PracticeGround {
  const running = new Map<string, RunningSimulator>();
  const close = async (channel: string): Promise<void> => {
    const simulator = running.get(channel);
    running.delete(channel);
    await simulator?.stop();
  };
  return {
    async open(channel, connector) {
      const found = connectors.get(connector);
      const module = await found.simulator?.();
      if (!module)
        throw new OperatorError(
          'no_practice',
          `${found.title} cannot be practised`,
          'Connect the real one: nothing is sent before you say so.',
        );
      await close(channel);
      const simulator = await module.start({ port: 0, processingMs: PROCESSING_MS });
      running.set(channel, simulator);
      return { settings: simulator.settings, market: simulator.market };
    },
    has: (channel) => running.has(channel),
    close,
    async stop() {
      await Promise.all([...running.keys()].map(close));
    },
  };
}
