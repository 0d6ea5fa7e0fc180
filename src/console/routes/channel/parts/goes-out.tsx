import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Channel } from '../../../../api/shapes/channels.js';
import { type Sends, setSends } from '../../../app/channels.js';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { RadioGroup } from '../../../ui/checkbox/checkbox.js';
import { Form } from '../../../ui/form/form.js';
import { remark } from '../../../ui/toast/toast.js';

const CHOICES: readonly Sends[] = ['nothing', 'first', 'everything'];

/** How much goes out: nothing, the first few, everything. */
export function GoesOut({ channel }: { readonly channel: Channel }) {
  const { id, sends } = channel;
  const [chosen, setChosen] = useState<Sends>(sends.to);
  const whyNot = useWhyNot()('channels:write');
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: () => setSends(id, chosen),
    onSuccess: async () => {
      remark({ text: say('channel.sends_changed', { channel: id, sends: say(`sends.${chosen}`) }) });
      await client.invalidateQueries({ queryKey: ['channels'] });
    },
  });
  return (
    <Card title={say('channels.goes_out')}>
      <Form
        error={changing.error}
        onSubmit={() => {
          if (whyNot === null && chosen !== sends.to) changing.mutate();
        }}
        actions={
          <Button
            kind="primary"
            type="submit"
            pending={changing.isPending}
            whyNot={whyNot ?? (chosen === sends.to ? say('channel.sends_same') : null)}
          >
            {chosen === 'everything'
              ? say('channel.send_all')
              : say('channel.change_to', { sends: say(`sends.${chosen}`) })}
          </Button>
        }
      >
        <RadioGroup
          bare
          label={say('connect.what_goes_out')}
          value={chosen}
          onChange={(one) => setChosen(CHOICES.find((known) => known === one) ?? 'nothing')}
          choices={CHOICES.map((one) => ({
            id: one,
            label: say(`connect.sends_${one}`),
            help: say(`connect.sends_${one}_help`),
          }))}
        />
      </Form>
    </Card>
  );
}
