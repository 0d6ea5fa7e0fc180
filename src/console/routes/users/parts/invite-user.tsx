import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Code } from '../../../ui/code/code.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { Select } from '../../../ui/select/select.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { type Invitation, inviteUser } from '../queries.js';
import { ROLES, type Role } from '../roles.js';

interface Props {
  onInvited(invitation: Invitation): void;
  onClose(): void;
}

/** Adds a person: the address to send them is shown once. */
export function InviteUser({ onInvited, onClose }: Props) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const client = useQueryClient();
  const inviting = useMutation({
    mutationFn: () => inviteUser({ name, email, role }),
    onSuccess: async (invitation) => {
      onInvited(invitation);
      onClose();
      await client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  const { error } = inviting;
  return (
    <Dialog title={say('users.invite')} open onClose={onClose}>
      <Form
        error={error}
        onSubmit={() => inviting.mutate()}
        actions={
          <>
            <Button onPress={onClose}>{say('common.cancel')}</Button>
            <Button kind="primary" type="submit" pending={inviting.isPending}>
              {say('users.make_address')}
            </Button>
          </>
        }
      >
        <TextField
          label={say('users.name')}
          value={name}
          onChange={setName}
          error={fieldError(error, '/name')}
        />
        <TextField
          label={say('login.email')}
          type="email"
          value={email}
          onChange={setEmail}
          error={fieldError(error, '/email')}
        />
        <RoleSelect role={role} onChange={setRole} />
      </Form>
    </Dialog>
  );
}

/** What somebody may do, in words. */
export function RoleSelect({ role, onChange }: { readonly role: Role; onChange(role: Role): void }) {
  return (
    <Select
      label={say('users.role')}
      value={role}
      choices={ROLES.map((id) => ({
        id,
        label: say('users.role_says', { role: say(`role.${id}`), says: say(`role.${id}_says`) }),
      }))}
      onChange={(id) => onChange(ROLES.find((known) => known === id) ?? 'viewer')}
    />
  );
}

/** The address with which somebody sets a password: shown this once. */
export function ShownAddress({ invitation: { user, address, endsAt } }: { readonly invitation: Invitation }) {
  return (
    <Notice tone="note">
      <p>{say('users.send', { name: user.name, at: moment(endsAt) })}</p>
      <Code copy>{address}</Code>
    </Notice>
  );
}
