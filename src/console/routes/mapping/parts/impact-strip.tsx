import { Link } from '@tanstack/react-router';
import type { ImpactTotals } from '../../../../api/shapes/mapping-types.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Button } from '../../../ui/button/button.js';
import type { Impact } from '../draft/use-impact.js';
import { IMPACT_TABS } from '../search.js';
import styles from './impact.module.css';

interface Props {
  readonly channel: string;
  readonly impact: Impact;
  /** The text has errors: there is nothing to count. */
  readonly faulty: boolean;
  /** The draft is not what is published. */
  readonly moved: boolean;
}

/** What the draft does to all listings, in one line: each number leads to its list. */
export function ImpactStrip({ channel, impact, faulty, moved }: Props) {
  const { state, progress, report, error, again } = impact;
  const totals = progress?.totals ?? null;
  return (
    <section className={styles.strip} aria-label={say('mapping.impact')}>
      <h2 className={styles.stripTitle}>{say('mapping.impact')}</h2>
      {totals && !faulty && <Totals channel={channel} totals={totals} />}
      <p className={styles.state} role="status">
        {faulty && say('mapping.impact_faulty')}
        {!faulty && state === 'failed' && say('mapping.impact_failed')}
        {!faulty &&
          state === 'waiting' &&
          totals === null &&
          say(moved ? 'mapping.impact_counting' : 'mapping.impact_soon')}
        {!faulty && progress && (
          <>
            {say('common.of', { done: count(progress.done), total: count(progress.of) })}
            {report && state === 'done' ? (
              <>
                {' · '}
                <Age at={report.at} />
              </>
            ) : (
              <span> · {say('mapping.impact_counting')}</span>
            )}
          </>
        )}
      </p>
      {state === 'failed' && error !== null && (
        <Button kind="quiet" onPress={again}>
          {say('common.retry')}
        </Button>
      )}
      {progress && state !== 'done' && !faulty && (
        <svg className={styles.progress} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width={progress.of === 0 ? 0 : (progress.done / progress.of) * 100} height="1" />
        </svg>
      )}
    </section>
  );
}

/** The numbers as links: changed, appear, vanish, newly blocked, fixed. */
export function Totals({ channel, totals }: { readonly channel: string; readonly totals: ImpactTotals }) {
  return (
    <ul className={styles.totals}>
      {IMPACT_TABS.map((tab) => (
        <li key={tab} data-some={totals[tab] > 0 ? tab : undefined}>
          <Link
            to="/mappings/$channel/$view"
            params={{ channel, view: 'impact' }}
            search={(before: object) => ({ ...before, tab })}
          >
            {say(`impact.${tab}`, { n: count(totals[tab]) })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
