import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient } from '../../../app/query-client.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { setUp } from '../queries.js';
import { strengthOf } from './password-strength.js';

interface Props {
  /** Of the link; empty: the person types it. */
  readonly token: string;
  /** Who was invited; null: the first administrator. */
  readonly invited: { readonly email: string | null; readonly name: string | null } | null;
  /** The first administrator is in: there is more to set up. */
  onFirst(): void;
}

/** Name, e-mail, password: no riddle of rules, words for its strength. */
export function CreateSignIn({ token: given, invited, onFirst }: Props) {
  const [token, setToken] = useState(given);
  const [name, setName] = useState(invited?.name ?? '');
  const [email, setEmail] = useState(invited?.email ?? '');
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const making = useMutation({
    mutationFn: setUp,
    onSuccess: async () => {
      queryClient.clear();
      if (invited === null) onFirst();
      else await navigate({ to: '/' });
    },
  });
  const { error } = making;
  return (
    <Form
      error={error}
      onSubmit={() => making.mutate({ token, name, ...(invited ? {} : { email }), password })}
      actions={
        <Button kind="primary" type="submit" wide pending={making.isPending}>
          {say('setup.action')}
        </Button>
      }
    >
      {given === '' && (
        <TextField
          label={say('setup.token')}
          help={say('setup.token_help')}
          code
          value={token}
          onChange={setToken}
          error={fieldError(error, '/token')}
        />
      )}
      <TextField
        label={say('setup.name')}
        autoComplete="name"
        value={name}
        onChange={setName}
        error={fieldError(error, '/name')}
      />
      <TextField
        label={say('login.email')}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        isReadOnly={invited !== null}
        error={fieldError(error, '/email')}
      />
      <TextField
        label={say('login.password')}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        help={password === '' ? say('setup.password_help') : say(`setup.strength.${strengthOf(password)}`)}
        error={fieldError(error, '/password')}
      />
    </Form>
  );
}
