import { useCallback, useEffect, useState } from 'react';
import type { ImpactCounts, ImpactProgress, ImpactReport } from '../../../../api/shapes/mapping-types.js';
import { pathOf } from '../../../app/call.js';
import { callStream } from '../../../app/call-stream.js';

/** What a text does to every listing of the channel, as far as it is known. */
export interface Impact {
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly progress: ImpactProgress | null;
  readonly counts: ImpactCounts | null;
  /** Null until it is complete. */
  readonly report: ImpactReport | null;
  readonly error: unknown;
  again(): void;
}

type Known = Omit<Impact, 'again'>;

const NOTHING: Known = { state: 'waiting', progress: null, counts: null, report: null, error: null };
const SETTLED_MS = 800;

/** Counts a text's consequences a moment after the last edit; the next edit ends it. Null: nothing to count (it does not load). */
export function useImpact(channel: string, text: string | null): Impact {
  const [known, setKnown] = useState<Known>(NOTHING);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a press on Try again is a new turn
  useEffect(() => {
    if (text === null) return undefined;
    const stop = new AbortController();
    // Numbers of before stay on the screen, as those of before, until the first new ones are there.
    setKnown((before) => ({ ...before, state: 'waiting', error: null }));
    const timer = setTimeout(
      () => void follow(channel, text, { signal: stop.signal, tell: setKnown }),
      SETTLED_MS,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [channel, text, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { ...known, again };
}

async function follow(
  channel: string,
  text: string,
  { signal, tell }: { readonly signal: AbortSignal; tell(next: (before: Known) => Known): void },
): Promise<void> {
  const say = (changed: Partial<Known>): void => {
    if (!signal.aborted) tell((before) => ({ ...before, ...changed }));
  };
  try {
    for await (const { event, data } of callStream(
      `${pathOf('/mappings', channel)}/impact`,
      { text },
      signal,
    )) {
      if (event === 'progress') say({ state: 'running', progress: data as ImpactProgress, report: null });
      if (event === 'counts') say({ counts: data as ImpactCounts });
      if (event === 'report') {
        const report = data as ImpactReport;
        const { of, totals } = report;
        say({ state: 'done', report, counts: report, progress: { done: of, of, totals } });
      }
    }
  } catch (error) {
    say({ state: 'failed', error });
  }
}
