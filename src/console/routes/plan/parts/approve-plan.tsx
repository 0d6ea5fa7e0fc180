import { useState } from 'react';
import type { Plan } from '../../../../api/shapes/plans.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { approvePlan, type ShownPlan } from '../queries.js';
import styles from './plan.module.css';
import { useDecision } from './use-decision.js';

interface Props {
  readonly plan: Plan;
  /** The plan was another one by now; null: the next decision was in time. */
  onMoved(shown: ShownPlan | null): void;
}

/** Lets this very plan through, after saying what happens; removals above a guard ask for their number to be typed. */
export function ApprovePlan({ plan, onMoved }: Props) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const whyNot = useWhyNot()('plans:approve');
  const { channel, held, facts, holds } = plan;
  const approving = useDecision({
    plan,
    decide: () => approvePlan(plan),
    done: say('plan.approved', { channel }),
    onClose: () => setOpen(false),
    onMoved,
  });
  const asksNumber = facts.removals > 0 && holds.some(({ code }) => code !== 'too_many_price_changes');
  const missing = asksNumber && typed.replace(/\D/g, '') !== String(facts.removals);
  return (
    <>
      <Button kind="primary" whyNot={whyNot} onPress={() => setOpen(true)}>
        {say('plan.approve', { n: count(held) })}
      </Button>
      <Confirm
        title={say('plan.approve_title', { n: count(held), channel })}
        verb={say('plan.approve', { n: count(held) })}
        open={open}
        pending={approving.isPending}
        whyNot={missing ? say('plan.type_first') : null}
        onConfirm={() => approving.mutate()}
        onClose={() => setOpen(false)}
        consequence={
          <div className={styles.consequence}>
            {approving.error && <Refused error={approving.error} />}
            <p>{say('plan.approve_text', { sends: count(plan.planned), channel })}</p>
            {facts.removals > 0 && (
              <p>{say('plan.approve_removals', { n: count(facts.removals), channel })}</p>
            )}
            {asksNumber && (
              <TextField
                label={say('plan.type', { n: count(facts.removals) })}
                inputMode="numeric"
                value={typed}
                onChange={setTyped}
              />
            )}
          </div>
        }
      />
    </>
  );
}
