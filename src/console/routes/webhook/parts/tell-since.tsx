import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { DateField, instantIn, typedMoment } from '../../../ui/date-field/date-field.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Form } from '../../../ui/form/form.js';
import { remark } from '../../../ui/toast/toast.js';
import { replaySince } from '../queries.js';

const DAY_MS = 86_400_000;

/** Asks since when everything is told again: for a receiver that was broken, or is new. */
export function TellSince({ id, onClose }: { readonly id: string; onClose(): void }) {
  const [since, setSince] = useState(() => typedMoment(new Date(Date.now() - DAY_MS).toISOString()));
  const instant = instantIn(since);
  const client = useQueryClient();
  const telling = useMutation({
    mutationFn: (from: string) => replaySince(id, from),
    onSuccess: async ({ events }) => {
      onClose();
      remark({ text: say('webhook.replayed', { n: events }) });
      await client.invalidateQueries({ queryKey: ['webhooks', id] });
    },
  });
  return (
    <Dialog title={say('webhook.again_since')} open onClose={onClose}>
      <Form
        error={telling.error}
        onSubmit={() => {
          if (instant !== undefined) telling.mutate(instant);
        }}
        actions={
          <>
            <Button onPress={onClose}>{say('common.cancel')}</Button>
            <Button kind="primary" type="submit" pending={telling.isPending}>
              {say('webhook.again')}
            </Button>
          </>
        }
      >
        <p>{say('webhook.again_since_text')}</p>
        <DateField time label={say('webhook.since')} value={since} onChange={setSince} />
      </Form>
    </Dialog>
  );
}
