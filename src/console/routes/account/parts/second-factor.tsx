import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import users from '../../users/users.module.css';
import { confirmFactor, dropFactor, offerFactor } from '../queries.js';

/** An authenticator app beside the password: needed before names and addresses of buyers are shown. */
export function SecondFactor({ has }: { readonly has: boolean }) {
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);
  const client = useQueryClient();
  const onDone = async (): Promise<void> => {
    setCode('');
    await client.invalidateQueries({ queryKey: ['account'] });
    await client.invalidateQueries({ queryKey: ['me'] });
  };
  const offering = useMutation({ mutationFn: offerFactor });
  const confirming = useMutation({
    mutationFn: () => confirmFactor(code),
    onSuccess: async ({ recoveryCodes }) => {
      setRecovery(recoveryCodes);
      offering.reset();
      await onDone();
    },
  });
  const dropping = useMutation({ mutationFn: () => dropFactor(code), onSuccess: onDone });
  const offer = offering.data;
  const error = offering.error ?? confirming.error ?? dropping.error;
  const asks = has || offer !== undefined;
  return (
    <Card title={say('users.factor')}>
      <Form
        error={error}
        onSubmit={() =>
          has ? dropping.mutate() : offer === undefined ? offering.mutate() : confirming.mutate()
        }
        actions={
          <Button
            type="submit"
            kind={has ? 'normal' : 'primary'}
            pending={offering.isPending || confirming.isPending || dropping.isPending}
          >
            {say(
              has
                ? 'account.drop_factor'
                : offer === undefined
                  ? 'account.begin_factor'
                  : 'account.confirm_factor',
            )}
          </Button>
        }
      >
        <p>{say(has ? 'account.has_factor' : 'account.factor_text')}</p>
        {recovery !== null && (
          <Notice tone="warning">
            <p>{say('account.recovery')}</p>
            <ul>
              {recovery.map((one) => (
                <li key={one}>
                  <Code>{one}</Code>
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {offer !== undefined && (
          <div className={users.form}>
            <p>{say('account.factor_how')}</p>
            <Code copy>{offer.secret}</Code>
            <a href={offer.address}>{say('account.factor_open')}</a>
          </div>
        )}
        {asks && (
          <TextField
            label={say('login.code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            code
            value={code}
            onChange={setCode}
            error={fieldError(error, '/code')}
          />
        )}
      </Form>
    </Card>
  );
}
