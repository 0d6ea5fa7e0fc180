/** Signals that come so close together are one Ctrl-C: terminal and npm may each send one. */
const ONE_PRESS_MS = 1_000;

/** What is under way has ended or was handed back long before; supervisors kill after 30 s (deploy/). */
const STOP_WITHIN_MS = 25_000;

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** What hears signals: the process, or a stand-in for it. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', heard: () => void): unknown;
}

/**
 * The first signal asks everything to finish, by the answer; a later one ends the process at once, and so does the time that everything has to
 * finish in. `end` ends it with an exit code; a reason is for people.
 */
export function stopOnSignals(
  source: SignalSource,
  end: (code: number, reason: string | null) => void,
): AbortSignal {
  const stop = new AbortController();
  let firstAt: number | undefined;
  for (const [signal, code] of SIGNALS) {
    source.on(signal, () => {
      firstAt ??= performance.now();
      if (stop.signal.aborted) {
        if (performance.now() - firstAt > ONE_PRESS_MS) end(code, null);
        return;
      }
      stop.abort(new Error(`stopped by ${signal}`));
      const late = (): void =>
        end(code, `still at work ${STOP_WITHIN_MS / 1_000} s after ${signal}; what was done is kept`);
      setTimeout(late, STOP_WITHIN_MS).unref();
    });
  }
  return stop.signal;
}
