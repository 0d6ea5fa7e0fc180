import { Link } from '@tanstack/react-router';
import type { Plan } from '../../../../api/shapes/plans.js';
import { count, moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { buttonClass } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { Notice } from '../../../ui/notice/notice.js';
import { StateShape } from '../../../ui/state-chip/state-chip.js';
import type { ShownPlan } from '../queries.js';
import { ApprovePlan } from './approve-plan.js';
import styles from './plan.module.css';
import { RejectPlan } from './reject-plan.js';

interface Props {
  readonly plan: Plan;
  /** Somebody decided about a plan that was another one by now; null: the next decision was in time. */
  onMoved(shown: ShownPlan | null): void;
}

/** What a guard keeps back: which, why, and what lets it through. */
export function HoldsCard({ plan, onMoved }: Props) {
  const { holds, held, checksum, channel, rejected } = plan;
  return (
    <Card title={say('plan.holds', { n: count(held) })} flush>
      {rejected !== null && (
        <div className={styles.hold}>
          <Notice tone="note">
            {say('plan.rejected', { name: rejected.by, at: moment(rejected.at), channel })}
          </Notice>
        </div>
      )}
      {holds.map((hold) => (
        <div key={hold.code} className={styles.hold}>
          <StateShape state="held" />
          <div className={styles.words}>
            <p>
              <strong>{say(`hold.${hold.code}`)}</strong>
            </p>
            <p>{hold.message}</p>
            <p className={styles.dim}>{say(`hold.holds.${hold.holds}`)}</p>
          </div>
        </div>
      ))}
      {holds.length === 0 && (
        <div className={styles.hold}>
          <StateShape state="held" />
          <p className={styles.words}>{say('plan.single_holds')}</p>
        </div>
      )}
      <div className={styles.hold}>
        <p className={styles.words}>
          {say('plan.checksum')} <Code copy>{checksum}</Code>
        </p>
        <Link to="/plans/$channel" params={{ channel }} search={{ held: 'yes' }} className={buttonClass()}>
          {say('plan.see_held', { n: count(held) })}
        </Link>
        {rejected === null && <RejectPlan plan={plan} onMoved={onMoved} />}
        <ApprovePlan plan={plan} onMoved={onMoved} />
      </div>
    </Card>
  );
}
