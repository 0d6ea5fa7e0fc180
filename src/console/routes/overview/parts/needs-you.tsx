import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import type { Overview } from '../../../../api/shapes/overview.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Card } from '../../../ui/card/card.js';
import { ProblemCard } from '../../../ui/problem-card/problem-card.js';
import styles from './overview.module.css';

const MOST = 5;

/** What a person must do, worst first; or, plainly, that nothing is to be done. */
export function NeedsYou({ overview }: { readonly overview: Overview }) {
  const yours = overview.problems.filter(({ owner }) => owner === 'operator');
  const others = overview.problems.length - yours.length;
  if (yours.length === 0) return <AllWell overview={overview} others={others} />;
  return (
    <Card title={say('overview.needs_you', { n: yours.length })} flush>
      {yours.slice(0, MOST).map((problem) => (
        <ProblemCard key={problem.id} problem={problem} short />
      ))}
      {(yours.length > MOST || others > 0) && (
        <p className={styles.more}>
          {yours.length > MOST && (
            <Link to="/problems">{say('overview.more_problems', { n: yours.length - MOST })}</Link>
          )}{' '}
          {others > 0 && (
            <Link to="/problems" search={{ tab: 'heals' }}>
              {say('overview.heal', { n: others })}
            </Link>
          )}
        </p>
      )}
    </Card>
  );
}

function AllWell({ overview, others }: { readonly overview: Overview; readonly others: number }) {
  const real = overview.channels.filter(({ practice }) => !practice);
  const counted = real.length > 0 ? real : overview.channels;
  const live = counted.reduce((sum, { ledger }) => sum + ledger.live, 0);
  const looked = overview.channels
    .flatMap(({ ages }) => (ages.lookedAt === null ? [] : [ages.lookedAt]))
    .sort()
    .at(-1);
  return (
    <Card title={say('overview.state')} flush>
      <div className={styles.well}>
        <CircleCheck size={28} strokeWidth={1.5} aria-hidden="true" />
        <div>
          <p className={styles.wellTitle}>{say('overview.well')}</p>
          <p className={styles.dim}>
            {say('overview.well_text', { live: count(live), n: counted.length })}{' '}
            {looked !== undefined && (
              <>
                {say('overview.checked')} <Age at={looked} />.
              </>
            )}
          </p>
        </div>
      </div>
      {others > 0 && (
        <p className={styles.more}>
          <Link to="/problems" search={{ tab: 'heals' }}>
            {say('overview.heal', { n: others })}
          </Link>
        </p>
      )}
    </Card>
  );
}
