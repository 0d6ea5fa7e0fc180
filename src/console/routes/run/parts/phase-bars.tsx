import type { Run } from '../../../../api/shapes/runs.js';
import { duration } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import styles from '../../runs/parts/runs.module.css';

interface Phase {
  readonly name: string;
  /** Milliseconds after the run began. */
  readonly from: number;
  readonly to: number;
}

/** What a run did on one time axis: each line it told ends the part before it. */
export function PhaseBars({ run }: { readonly run: Run }) {
  const phases = phasesOf(run);
  const whole = Math.max(1, ...phases.map(({ to }) => to));
  return (
    <ol className={styles.bars}>
      {phases.map(({ name, from, to }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the past does not move
        <li key={at} className={styles.bar}>
          <span>{name}</span>
          <svg className={styles.chart} viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
            <rect className={styles.track} width="100" height="12" rx="2" />
            <rect
              className={styles.fill}
              x={(from / whole) * 100}
              width={Math.max(1, ((to - from) / whole) * 100)}
              height="12"
              rx="1"
            />
          </svg>
          <span className={styles.dim}>{duration(to - from)}</span>
        </li>
      ))}
    </ol>
  );
}

function phasesOf(run: Run): readonly Phase[] {
  const start = Date.parse(run.startedAt);
  let from = 0;
  const phases = run.lines.map(({ at, message }): Phase => {
    const to = Math.max(from, Date.parse(at) - start);
    const phase = { name: message, from, to };
    from = to;
    return phase;
  });
  const end = run.tookMs;
  return end !== null && (end > from || phases.length === 0)
    ? [...phases, { name: say('run.rest'), from, to: Math.max(from, end) }]
    : phases;
}
