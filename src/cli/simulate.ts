import { knownConnectors } from '../app.js';
import type { RunningSimulator } from '../channel/simulator.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { AddCommand } from './command.js';

interface SimulateOptions {
  readonly port: string;
  readonly processing: string;
}

/** `omnifeed simulate`: a connector's stand-in for its channel, alone on a port until it is stopped. */
export const addSimulate: AddCommand = (command, on) => {
  command
    .option('-p, --port <port>', 'port to listen on; 0: any free one', '0')
    .option('--processing <ms>', 'how long the channel takes for what it accepted', '1000')
    .action(
      on<SimulateOptions>(async (stage, { args, options }) => {
        const connector = knownConnectors().get(args[0] ?? '');
        const port = wholeNumber('--port', options.port, 65_535);
        const processingMs = wholeNumber('--processing', options.processing, 86_400_000);
        const module = await connector.simulator?.();
        if (!module) {
          throw new OperatorError(
            'no_simulator',
            `${connector.id} has no simulator`,
            'Use another connector.',
          );
        }
        const simulator = await started(() => module.start({ port, processingMs }), port);
        stage.show(
          {
            connector: connector.id,
            url: simulator.url,
            settings: simulator.settings,
            market: { ...simulator.market },
          },
          () => lines(connector.id, simulator),
        );
        await stopped(stage.signal);
        await simulator.stop();
        return 0;
      }),
    );
};

function lines(id: string, simulator: RunningSimulator): string {
  const { url } = simulator;
  return [
    `${id} is simulated at ${url} until you press Ctrl-C.`,
    `settings: ${JSON.stringify(simulator.settings)}`,
    `market:   ${JSON.stringify(simulator.market satisfies JsonObject)}`,
    `look:     curl ${url}/_sim/state   ${url}/_sim/calls`,
    `disturb:  curl ${url}/_sim/faults -d '{"kind":"throttle","times":3,"ms":2000}'`,
    '          kinds: throttle, fail, stall, drop-before, drop-after, late',
  ].join('\n');
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new OperatorError(
    'bad_option',
    `${name} ${text} is no whole number from 0 to ${most}`,
    'Change the number.',
  );
}

async function started(start: () => Promise<RunningSimulator>, port: number): Promise<RunningSimulator> {
  try {
    return await start();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new OperatorError(
      'port_taken',
      `Port ${port} cannot be used (${code})`,
      'Choose another with --port.',
      error,
    );
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
