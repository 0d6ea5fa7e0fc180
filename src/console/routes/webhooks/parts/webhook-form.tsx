import { useState } from 'react';
import type { Webhook, Webhooks } from '../../../../api/shapes/webhooks.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Checkbox, RadioGroup } from '../../../ui/checkbox/checkbox.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import users from '../../users/users.module.css';
import type { WebhookWish } from '../queries.js';

type Kind = Webhooks['kinds'][number]['kind'];

interface Props {
  readonly title: string;
  readonly verb: string;
  readonly kinds: Webhooks['kinds'];
  /** What it is now; null: a new one. */
  readonly now: Webhook | null;
  readonly error: unknown;
  readonly pending: boolean;
  onKeep(wish: WebhookWish): void;
  onClose(): void;
}

/** Address and kinds of events of a webhook. */
export function WebhookForm({ title, verb, kinds, now, error, pending, onKeep, onClose }: Props) {
  const [url, setUrl] = useState(now?.url ?? '');
  const [every, setEvery] = useState(now === null || now.events === null);
  const [chosen, setChosen] = useState<readonly Kind[]>(now?.events ?? []);
  const none = !every && chosen.length === 0;
  return (
    <Dialog title={title} open onClose={onClose}>
      <Form
        error={error}
        onSubmit={() => {
          if (!none) onKeep({ url: url.trim(), events: every ? null : [...chosen] });
        }}
        actions={
          <>
            <Button onPress={onClose}>{say('common.cancel')}</Button>
            <Button
              kind="primary"
              type="submit"
              pending={pending}
              whyNot={none ? say('webhooks.choose') : null}
            >
              {verb}
            </Button>
          </>
        }
      >
        <TextField
          code
          label={say('webhook.address')}
          help={say('webhooks.url_help')}
          placeholder="https://erp.example/hooks"
          value={url}
          onChange={setUrl}
          error={fieldError(error, '/url')}
        />
        <RadioGroup
          label={say('webhooks.tells')}
          value={every ? 'every' : 'some'}
          choices={[
            { id: 'every', label: say('webhooks.every') },
            { id: 'some', label: say('webhooks.some') },
          ]}
          onChange={(id) => setEvery(id === 'every')}
        />
        {!every && (
          <fieldset className={users.form} aria-label={say('webhooks.kinds')}>
            {kinds.map(({ kind, says }) => (
              <Checkbox
                key={kind}
                checked={chosen.includes(kind)}
                onChange={(on) =>
                  setChosen(on ? [...chosen, kind] : chosen.filter((other) => other !== kind))
                }
              >
                {says}
              </Checkbox>
            ))}
          </fieldset>
        )}
      </Form>
    </Dialog>
  );
}
