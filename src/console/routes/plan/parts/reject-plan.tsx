import { useState } from 'react';
import type { Plan } from '../../../../api/shapes/plans.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { rejectPlan, type ShownPlan } from '../queries.js';
import styles from './plan.module.css';
import { useDecision } from './use-decision.js';

const LONGEST_NOTE = 500;

interface Props {
  readonly plan: Plan;
  /** The plan was another one by now; null: the next decision was in time. */
  onMoved(shown: ShownPlan | null): void;
}

/** Turns this very plan down, with a note for the others. */
export function RejectPlan({ plan, onMoved }: Props) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const whyNot = useWhyNot()('plans:approve');
  const { channel, held } = plan;
  const rejecting = useDecision({
    plan,
    decide: () => rejectPlan(plan, note.trim()),
    done: say('plan.rejected_now', { channel }),
    onClose: () => setOpen(false),
    onMoved,
  });
  return (
    <>
      <Button whyNot={whyNot} onPress={() => setOpen(true)}>
        {say('plan.reject', { n: count(held) })}
      </Button>
      <Confirm
        title={say('plan.reject_title', { n: count(held), channel })}
        verb={say('plan.reject', { n: count(held) })}
        open={open}
        danger={false}
        pending={rejecting.isPending}
        onConfirm={() => rejecting.mutate()}
        onClose={() => setOpen(false)}
        consequence={
          <div className={styles.consequence}>
            {rejecting.error && <Refused error={rejecting.error} />}
            <p>{say('plan.reject_text', { channel })}</p>
            <TextField
              label={say('plan.reject_note')}
              help={say('plan.reject_note_help')}
              maxLength={LONGEST_NOTE}
              value={note}
              onChange={setNote}
            />
          </div>
        }
      />
    </>
  );
}
