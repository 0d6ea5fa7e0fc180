import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { RadioGroup } from '../../../ui/checkbox/checkbox.js';
import { DateField, instantIn, typedMoment } from '../../../ui/date-field/date-field.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import type { ProblemFacts } from '../../../ui/problem-card/problem-card.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { remark } from '../../../ui/toast/toast.js';
import { endSnooze, snoozeProblem } from '../queries.js';
import { useAnew } from './use-anew.js';

const DAY_MS = 86_400_000;
const LONGEST_NOTE = 500;

/** Puts a problem that can wait off, with a note: until a time, or until it changes. */
export function SnoozeButton({ problem }: { readonly problem: ProblemFacts }) {
  const [open, setOpen] = useState(false);
  const whyNot = useWhyNot()('problems:write');
  return (
    <>
      <Button
        whyNot={whyNot}
        aria-label={say('snooze.button_of', { message: problem.message })}
        onPress={() => setOpen(true)}
      >
        {say('snooze.button')}
      </Button>
      {open && <SnoozeDialog problem={problem} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Props {
  readonly problem: ProblemFacts;
  onClose(): void;
}

function SnoozeDialog({ problem: { id, message, count: members }, onClose }: Props) {
  const [how, setHow] = useState('time');
  const [until, setUntil] = useState(() => typedMoment(new Date(Date.now() + DAY_MS).toISOString()));
  const [note, setNote] = useState('');
  const instant = instantIn(until);
  const anew = useAnew();
  const snoozing = useMutation({
    mutationFn: () =>
      snoozeProblem(id, { note: note.trim(), ...(how === 'time' && instant ? { until: instant } : {}) }),
    onSuccess: async () => {
      onClose();
      remark({ text: say('snooze.now_snoozed'), undo: () => void endSnooze(id).finally(anew) });
      await anew();
    },
  });
  const missing =
    note.trim() === ''
      ? say('snooze.note_first')
      : how === 'time' && (instant === undefined || Date.parse(instant) <= Date.now())
        ? say('snooze.time_first')
        : null;
  return (
    <Dialog
      title={members > 1 ? say('snooze.title_n', { n: count(members) }) : say('snooze.title')}
      open
      onClose={onClose}
    >
      <Form
        error={snoozing.error}
        onSubmit={() => {
          if (missing === null) snoozing.mutate();
        }}
        actions={
          <>
            <Button onPress={onClose}>{say('common.cancel')}</Button>
            <Button kind="primary" type="submit" pending={snoozing.isPending} whyNot={missing}>
              {say('snooze.button')}
            </Button>
          </>
        }
      >
        <p>
          <bdi>{message}</bdi>
        </p>
        <RadioGroup
          label={say('snooze.how_long')}
          value={how}
          choices={[
            { id: 'time', label: say('snooze.time'), help: say('snooze.time_help') },
            { id: 'changes', label: say('snooze.changes'), help: say('snooze.changes_help') },
          ]}
          onChange={setHow}
        />
        {how === 'time' && (
          <DateField
            time
            label={say('snooze.when')}
            value={until}
            min={typedMoment(new Date().toISOString())}
            onChange={setUntil}
          />
        )}
        <TextField
          label={say('snooze.note')}
          help={say('snooze.note_help')}
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={setNote}
          error={fieldError(snoozing.error, '/note')}
        />
        <p>{say('snooze.text')}</p>
      </Form>
    </Dialog>
  );
}
