import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserRow } from '../../../../api/shapes/access.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Form } from '../../../ui/form/form.js';
import { changeUser, type Invitation, inviteAgain, removeFactorOf } from '../queries.js';
import type { Role } from '../roles.js';
import styles from '../users.module.css';
import { RoleSelect } from './invite-user.js';

interface Props {
  readonly user: UserRow;
  onInvited(invitation: Invitation): void;
  onClose(): void;
}

/** Role, a new address, a lost second factor, and whether somebody is let in at all. */
export function ChangeUser({ user, onInvited, onClose }: Props) {
  const [role, setRole] = useState<Role>(user.role);
  const client = useQueryClient();
  const onSuccess = async (): Promise<void> => {
    onClose();
    await client.invalidateQueries({ queryKey: ['users'] });
  };
  const saving = useMutation({ mutationFn: () => changeUser(user.id, { role }), onSuccess });
  const letting = useMutation({
    mutationFn: () => changeUser(user.id, { disabled: user.disabledAt === null }),
    onSuccess,
  });
  const freeing = useMutation({ mutationFn: () => removeFactorOf(user.id), onSuccess });
  const inviting = useMutation({
    mutationFn: () => inviteAgain(user.id),
    onSuccess: async (invitation) => {
      onInvited(invitation);
      await onSuccess();
    },
  });
  const error = saving.error ?? letting.error ?? freeing.error ?? inviting.error;
  return (
    <Dialog title={say('users.change_of', { name: user.name })} open onClose={onClose}>
      <Form
        error={error}
        onSubmit={() => saving.mutate()}
        actions={
          <>
            <Button onPress={onClose}>{say('common.cancel')}</Button>
            <Button kind="primary" type="submit" pending={saving.isPending}>
              {say('users.save')}
            </Button>
          </>
        }
      >
        <RoleSelect role={role} onChange={setRole} />
        <p className={styles.dim}>{say('users.sessions_end')}</p>
        <div className={styles.more}>
          <Button pending={inviting.isPending} onPress={() => inviting.mutate()}>
            {say('users.new_address')}
          </Button>
          {user.secondFactor && (
            <Button pending={freeing.isPending} onPress={() => freeing.mutate()}>
              {say('users.remove_factor')}
            </Button>
          )}
          <Button
            kind={user.disabledAt === null ? 'danger' : 'normal'}
            pending={letting.isPending}
            onPress={() => letting.mutate()}
          >
            {say(user.disabledAt === null ? 'users.let_out' : 'users.let_in')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
