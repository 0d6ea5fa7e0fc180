import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Channel } from '../../../../api/shapes/channels.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import styles from '../channel.module.css';
import { disconnectChannel, pauseChannel, resumeChannel, takeDownChannel } from '../queries.js';

type Way = 'pause' | 'keep' | 'remove';

interface Props {
  readonly channel: Channel;
  /** It stands in omnifeed.yaml, and is ended there. */
  readonly fixed: boolean;
}

/** Pause, and the two ways to disconnect: listings stay, or ours are removed. */
export function ChannelEnd({ channel, fixed }: Props) {
  const [way, setWay] = useState<Way | null>(null);
  const role = useWhyNot()('channels:write');
  const whyNot = role ?? (fixed ? say('channel.in_file') : null);
  const client = useQueryClient();
  const resuming = useMutation({
    mutationFn: () => resumeChannel(channel.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
  const paused = channel.standing?.health.word === 'paused' || channel.paused !== null;
  return (
    <Card title={say('channel.end')}>
      <div className={styles.consequence}>
        {resuming.error && <Refused error={resuming.error} />}
        <div className={styles.actions}>
          {paused ? (
            <Button whyNot={role} pending={resuming.isPending} onPress={() => resuming.mutate()}>
              {say('channel.resume')}
            </Button>
          ) : (
            <Button whyNot={role} onPress={() => setWay('pause')}>
              {say('channel.pause')}
            </Button>
          )}
          <Button kind="danger" whyNot={whyNot} onPress={() => setWay('keep')}>
            {say('channel.disconnect_keep')}
          </Button>
          {channel.standing && (
            <Button kind="danger" whyNot={whyNot} onPress={() => setWay('remove')}>
              {say('channel.disconnect_remove', { n: count(ours(channel)) })}
            </Button>
          )}
        </div>
      </div>
      {way !== null && <Asked key={way} way={way} channel={channel} onClose={() => setWay(null)} />}
    </Card>
  );
}

/** Listings of ours the channel may show: what the removal is confirmed with. The server counts again. */
function ours({ standing }: Channel): number {
  const { live = 0, removing = 0 } = standing?.ledger ?? {};
  return live + removing;
}

function Asked({ way, channel, onClose }: { readonly way: Way; readonly channel: Channel; onClose(): void }) {
  const { id } = channel;
  const n = ours(channel);
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const client = useQueryClient();
  const doing = useMutation({
    mutationFn: () =>
      way === 'pause' ? pauseChannel(id) : way === 'keep' ? disconnectChannel(id) : takeDownChannel(id, n),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: ['channels'], exact: way === 'keep' });
      if (way === 'keep') await navigate({ to: '/channels' });
    },
  });
  const missing = way === 'remove' && typed.replace(/\D/g, '') !== String(n);
  const verb =
    way === 'pause'
      ? say('channel.pause')
      : way === 'keep'
        ? say('channel.disconnect_keep')
        : say('channel.disconnect_remove', { n: count(n) });
  return (
    <Confirm
      title={say(`channel.ask_${way}`, { channel: id, n: count(n) })}
      verb={verb}
      open
      danger={way !== 'pause'}
      pending={doing.isPending}
      whyNot={missing ? say('channel.type_first') : null}
      onConfirm={() => doing.mutate()}
      onClose={onClose}
      consequence={
        <div className={styles.consequence}>
          {doing.error && <Refused error={doing.error} />}
          <p>{say(`channel.ask_${way}_text`, { channel: id })}</p>
          {way === 'remove' && (
            <TextField
              label={say('channel.type', { n: count(n) })}
              inputMode="numeric"
              value={typed}
              onChange={setTyped}
            />
          )}
        </div>
      }
    />
  );
}
