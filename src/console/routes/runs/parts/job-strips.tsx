import { Link } from '@tanstack/react-router';
import type { RunRow } from '../../../../api/shapes/runs.js';
import { moment } from '../../../strings/formats.js';
import { say, sayCode } from '../../../strings/say.js';
import { StateShape } from '../../../ui/state-chip/state-chip.js';
import styles from './runs.module.css';

const SHAPES = { running: 'sent', done: 'live', failed: 'rejected' } as const;
const MOST = 30;

/** The last runs of every job as shapes in a row, so that a pattern is seen at once; each leads to its run. */
export function JobStrips({ runs }: { readonly runs: readonly RunRow[] }) {
  const byJob = new Map<string, RunRow[]>();
  for (const run of runs) byJob.set(run.job, [...(byJob.get(run.job) ?? []), run]);
  if (byJob.size === 0) return null;
  return (
    <ul className={styles.strips} aria-label={say('activity.strips')}>
      {[...byJob].map(([job, own]) => (
        <li key={job} className={styles.strip}>
          <span className={styles.dim}>{sayCode(`job.${job}`, job)}</span>
          <span className={styles.shapes}>
            {own
              .slice(0, MOST)
              .reverse()
              .map(({ id, key, outcome, startedAt }) => (
                <Link
                  key={id}
                  to="/activity/runs/$id"
                  params={{ id: String(id) }}
                  className={`${styles.shape} ${styles[outcome]}`}
                  title={`${key}, ${moment(startedAt)}: ${say(`run.${outcome}`)}`}
                  aria-label={`${key}, ${moment(startedAt)}: ${say(`run.${outcome}`)}`}
                >
                  <StateShape state={SHAPES[outcome]} />
                </Link>
              ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
