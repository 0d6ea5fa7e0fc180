import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Webhook, Webhooks } from '../../../../api/shapes/webhooks.js';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { remark } from '../../../ui/toast/toast.js';
import users from '../../users/users.module.css';
import { WebhookForm } from '../../webhooks/parts/webhook-form.js';
import { changeWebhook, type WebhookWish } from '../../webhooks/queries.js';
import { type Pinged, pingWebhook, removeWebhook, rotateSecret } from '../queries.js';

interface Props {
  readonly webhook: Webhook;
  readonly kinds: Webhooks['kinds'];
  /** A new secret, to be shown this once. */
  onSecret(secret: string): void;
}

/** What can be done with a webhook: try it, change it, let it stand still, give it a new secret, remove it. */
export function WebhookActions({ webhook, kinds, onSecret }: Props) {
  const { id, url, active } = webhook;
  const [asking, setAsking] = useState<'change' | 'rotate' | 'remove' | null>(null);
  const whyNot = useWhyNot()('settings:write');
  const client = useQueryClient();
  const navigate = useNavigate();
  const close = () => setAsking(null);
  const anew = () => client.invalidateQueries({ queryKey: ['webhooks'] });
  const pinging = useMutation({ mutationFn: () => pingWebhook(id) });
  const changing = useMutation({
    mutationFn: (wish: Partial<WebhookWish & Pick<Webhook, 'active'>>) => changeWebhook(id, wish),
    onSuccess: async () => {
      close();
      remark({ text: say('webhook.changed') });
      await anew();
    },
  });
  const rotating = useMutation({
    mutationFn: () => rotateSecret(id),
    onSuccess: async ({ secret }) => {
      close();
      onSecret(secret);
      await anew();
    },
  });
  const removing = useMutation({
    mutationFn: () => removeWebhook(id),
    onSuccess: async () => {
      await navigate({ to: '/settings/webhooks' });
      await anew();
    },
  });
  return (
    <>
      <div className={users.page}>
        <div className={users.more}>
          <Button kind="primary" whyNot={whyNot} pending={pinging.isPending} onPress={() => pinging.mutate()}>
            {say('webhook.ping')}
          </Button>
          <Button
            whyNot={whyNot}
            onPress={() => {
              changing.reset(); // what was refused at an earlier try is not said again
              setAsking('change');
            }}
          >
            {say('webhook.change')}
          </Button>
          <Button
            whyNot={whyNot}
            pending={changing.isPending}
            onPress={() => changing.mutate({ active: !active })}
          >
            {active ? say('webhook.stop') : say('webhook.works')}
          </Button>
          <Button whyNot={whyNot} onPress={() => setAsking('rotate')}>
            {say('webhook.rotate')}
          </Button>
          <Button kind="danger" whyNot={whyNot} onPress={() => setAsking('remove')}>
            {say('webhook.remove')}
          </Button>
        </div>
        {pinging.error && <Refused error={pinging.error} />}
        {pinging.data && <PingAnswer pinged={pinging.data} />}
        {asking !== 'change' && changing.error && <Refused error={changing.error} />}
      </div>
      {asking === 'change' && (
        <WebhookForm
          title={say('webhook.change')}
          verb={say('webhook.change')}
          kinds={kinds}
          now={webhook}
          error={changing.error}
          pending={changing.isPending}
          onKeep={changing.mutate}
          onClose={close}
        />
      )}
      <Confirm
        title={say('webhook.rotate_title')}
        verb={say('webhook.rotate')}
        open={asking === 'rotate'}
        danger={false}
        pending={rotating.isPending}
        onConfirm={() => rotating.mutate()}
        onClose={close}
        consequence={
          <>
            {rotating.error && <Refused error={rotating.error} />}
            <p>{say('webhook.rotate_text')}</p>
          </>
        }
      />
      <Confirm
        title={say('webhook.remove_title')}
        verb={say('webhook.remove')}
        open={asking === 'remove'}
        pending={removing.isPending}
        onConfirm={() => removing.mutate()}
        onClose={close}
        consequence={
          <>
            {removing.error && <Refused error={removing.error} />}
            <p>{say('webhook.remove_text', { url })}</p>
          </>
        }
      />
    </>
  );
}

/** A receiver says that it has a message with a status of 2xx; everything else is none. */
function PingAnswer({ pinged: { status, failure } }: { readonly pinged: Pinged }) {
  const good = status !== null && status >= 200 && status < 300;
  return (
    <Notice tone={good ? 'note' : 'warning'}>
      {status === null
        ? say('webhook.ping_failed', { failure: failure ?? say('webhook.unknown_failure') })
        : say(good ? 'webhook.ping_answered' : 'webhook.ping_refused', { status })}
    </Notice>
  );
}
