import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '../../app/call.js';
import { queryClient } from '../../app/query-client.js';
import { FrontDoor } from '../../shell/front-door.js';
import { say } from '../../strings/say.js';
import { Button } from '../../ui/button/button.js';
import { Form } from '../../ui/form/form.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { TextField } from '../../ui/text-field/text-field.js';
import { signIn } from './queries.js';

const route = getRouteApi('/login');

/** Sign-in: e-mail, password and, where the account has one, the second factor. */
export function LoginPage() {
  const { back } = route.useSearch();
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      queryClient.clear();
      await router.navigate({ href: back ?? '/' });
    },
  });
  const refused = entering.error instanceof ApiProblem ? entering.error.code : '';
  const asked = refused === 'second_factor_asked';
  const codeShown = asked || refused === 'code_wrong';
  return (
    <FrontDoor>
      <PageHead title={say('login.title')} name={[say('login.title')]} />
      <Form
        error={asked ? null : entering.error}
        onSubmit={() => entering.mutate({ email, password, ...(code === '' ? {} : { code }) })}
        actions={
          <Button kind="primary" type="submit" wide pending={entering.isPending}>
            {say('login.action')}
          </Button>
        }
      >
        <TextField
          label={say('login.email')}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={say('login.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        {codeShown && (
          <TextField
            label={say('login.code')}
            help={say('login.code_help')}
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            code
            value={code}
            onChange={setCode}
          />
        )}
      </Form>
    </FrontDoor>
  );
}
