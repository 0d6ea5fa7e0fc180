import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery, type Permission } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Checkbox } from '../../../ui/checkbox/checkbox.js';
import { DateField } from '../../../ui/date-field/date-field.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import users from '../../users/users.module.css';
import { makeKey } from '../queries.js';

const DAY_MS = 86_400_000;
/** A key that nobody ends ends by itself after a year, unless somebody says otherwise. */
const USUAL_DAYS = 365;

/** Name, what it may do (never more than its maker), until when. */
export function MakeKey({ onMade, onClose }: { onMade(secret: string): void; onClose(): void }) {
  const own = useQuery(meQuery).data?.permissions ?? [];
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Permission[]>([]);
  const [ends, setEnds] = useState(() =>
    new Date(Date.now() + USUAL_DAYS * DAY_MS).toISOString().slice(0, 10),
  );
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: () =>
      makeKey({ name, scopes, endsAt: ends === '' ? null : new Date(`${ends}T23:59:59`).toISOString() }),
    onSuccess: async ({ secret }) => {
      onMade(secret);
      onClose();
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  const { error } = making;
  return (
    <Dialog title={say('keys_api.make')} open onClose={onClose}>
      <Form
        error={error}
        onSubmit={() => making.mutate()}
        actions={
          <>
            <Button onPress={onClose}>{say('common.cancel')}</Button>
            <Button
              kind="primary"
              type="submit"
              pending={making.isPending}
              whyNot={scopes.length === 0 ? say('keys_api.choose') : null}
            >
              {say('keys_api.make')}
            </Button>
          </>
        }
      >
        <TextField
          label={say('keys_api.name')}
          help={say('keys_api.name_help')}
          value={name}
          onChange={setName}
          error={fieldError(error, '/name')}
        />
        <DateField label={say('keys_api.ends')} value={ends} onChange={setEnds} />
        <fieldset className={users.form} aria-label={say('keys_api.may')}>
          <legend>{say('keys_api.may')}</legend>
          {own.map((permission) => (
            <Checkbox
              key={permission}
              checked={scopes.includes(permission)}
              onChange={(on) =>
                setScopes(on ? [...scopes, permission] : scopes.filter((other) => other !== permission))
              }
            >
              {say(`permission.${permission}`)}
            </Checkbox>
          ))}
        </fieldset>
      </Form>
    </Dialog>
  );
}
