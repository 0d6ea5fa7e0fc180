import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../../api/shapes/access.js';
import { SettingsTabs } from '../../shell/settings-tabs.js';
import { say } from '../../strings/say.js';
import { Button } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { Form, fieldError } from '../../ui/form/form.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { TextField } from '../../ui/text-field/text-field.js';
import { remark } from '../../ui/toast/toast.js';
import users from '../users/users.module.css';
import { SecondFactor } from './parts/second-factor.js';
import { Sessions } from './parts/sessions.js';
import { accountQuery, changePassword, rename } from './queries.js';

/** One's own name, password, second factor, and where one is signed in. */
export function AccountPage() {
  const query = useQuery(accountQuery);
  const { data, error } = query;
  return (
    <>
      <PageHead title={say('account.title')} name={[say('account.title'), say('place.settings')]} />
      <SettingsTabs />
      <div className={users.page}>
        {error && <LoadError error={error} retry={() => void query.refetch()} />}
        {!data && !error && <Waiting rows={4} />}
        {data && (
          <>
            <Who account={data} />
            <SecondFactor has={data.secondFactor} />
            <Password />
            <Sessions />
          </>
        )}
      </div>
    </>
  );
}

function Who({ account }: { readonly account: Account }) {
  const [name, setName] = useState(account.name);
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () => rename(name),
    onSuccess: async () => {
      remark({ text: say('account.saved') });
      await client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <Card title={say('account.who')}>
      <Form
        error={saving.error}
        onSubmit={() => saving.mutate()}
        actions={
          <Button type="submit" pending={saving.isPending}>
            {say('account.save_name')}
          </Button>
        }
      >
        <p>
          {account.email} · {say(`role.${account.role}`)}
        </p>
        <TextField
          label={say('setup.name')}
          autoComplete="name"
          value={name}
          onChange={setName}
          error={fieldError(saving.error, '/name')}
        />
      </Form>
    </Card>
  );
}

function Password() {
  const [password, setPassword] = useState('');
  const [newPassword, setNew] = useState('');
  const changing = useMutation({
    mutationFn: () => changePassword({ password, newPassword }),
    onSuccess: () => {
      setPassword('');
      setNew('');
      remark({ text: say('account.password_changed') });
    },
  });
  const { error } = changing;
  return (
    <Card title={say('login.password')}>
      <Form
        error={error}
        onSubmit={() => changing.mutate()}
        actions={
          <Button type="submit" pending={changing.isPending}>
            {say('account.change_password')}
          </Button>
        }
      >
        <TextField
          label={say('account.present')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={fieldError(error, '/password')}
        />
        <TextField
          label={say('account.new')}
          help={say('setup.password_help')}
          type="password"
          autoComplete="new-password"
          value={newPassword}
          onChange={setNew}
          error={fieldError(error, '/newPassword')}
        />
      </Form>
    </Card>
  );
}
