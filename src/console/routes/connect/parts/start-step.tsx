import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { channelQuery, type Sends, setSends, startChannel } from '../../../app/channels.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { RadioGroup } from '../../../ui/checkbox/checkbox.js';
import { Form } from '../../../ui/form/form.js';
import type { StepProps } from './step-props.js';

const CHOICES: readonly Sends[] = ['nothing', 'first', 'everything'];
const FIRST = 10;

/** What goes out: nothing, ten products first, everything. A shop has no listings: it is only taken into use. */
export function StartStep({ connector, setup, onBack }: StepProps) {
  const { id, state } = setup;
  const [sends, setChoice] = useState<Sends>('first');
  const whyNot = useWhyNot()('channels:write');
  const navigate = useNavigate();
  const client = useQueryClient();
  const channel = useQuery({ ...channelQuery(id), enabled: state !== 'draft' }).data;
  const ready = channel?.standing?.ledger.waiting ?? 0;
  const starting = useMutation({
    async mutationFn() {
      if (state === 'draft') await startChannel(id);
      if (connector.lists) await setSends(id, sends);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['channels'] });
      await navigate({ to: '/channels/$channel', params: { channel: id } });
    },
  });
  const verb = !connector.lists
    ? say('connect.use')
    : sends === 'nothing'
      ? say('connect.watch')
      : say('connect.send', { n: count(sends === 'first' ? Math.min(FIRST, ready) : ready), channel: id });
  return (
    <Form
      error={starting.error}
      onSubmit={() => {
        if (whyNot === null) starting.mutate();
      }}
      actions={
        <>
          {onBack && <Button onPress={onBack}>{say('wizard.back')}</Button>}
          <Button kind="primary" type="submit" whyNot={whyNot} pending={starting.isPending}>
            {verb}
          </Button>
        </>
      }
    >
      {connector.lists ? (
        <RadioGroup
          label={say('connect.what_goes_out')}
          value={sends}
          onChange={(chosen) => setChoice(CHOICES.find((one) => one === chosen) ?? 'nothing')}
          choices={CHOICES.map((one) => ({
            id: one,
            label: say(`connect.sends_${one}`),
            help: say(`connect.sends_${one}_help`),
          }))}
        />
      ) : (
        <p>{say('connect.shop_text')}</p>
      )}
    </Form>
  );
}
