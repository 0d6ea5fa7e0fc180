import type { RunRow } from '../../../../api/shapes/runs.js';
import { say } from '../../../strings/say.js';
import { type Shape, type Tone, WordChip } from '../../../ui/state-chip/state-chip.js';

const LOOK: Readonly<Record<RunRow['outcome'], { readonly tone: Tone; readonly shape: Shape }>> = {
  running: { tone: 'pending', shape: 'sent' },
  done: { tone: 'live', shape: 'live' },
  failed: { tone: 'warning', shape: 'rejected' },
};

/** How a run ended. A failed one is tried again by itself, so it is amber; what needs somebody is a problem. */
export function RunWord({ run }: { readonly run: Pick<RunRow, 'outcome' | 'error'> }) {
  return <WordChip {...LOOK[run.outcome]} word={say(`run.${run.outcome}`)} why={run.error} />;
}
