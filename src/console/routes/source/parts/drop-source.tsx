import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { dropSource } from '../queries.js';

/** Reads a source no longer, after saying what becomes of its products. */
export function DropSource({ source }: { readonly source: string }) {
  const [open, setOpen] = useState(false);
  const whyNot = useWhyNot()('sources:write');
  const navigate = useNavigate();
  const client = useQueryClient();
  const dropping = useMutation({
    mutationFn: () => dropSource(source),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['sources'], exact: true });
      await navigate({ to: '/sources' });
    },
  });
  return (
    <Card title={say('source.danger')}>
      <Button kind="danger" whyNot={whyNot} onPress={() => setOpen(true)}>
        {say('source.drop')}
      </Button>
      <Confirm
        title={say('source.drop_title', { source })}
        verb={say('source.drop')}
        open={open}
        pending={dropping.isPending}
        onConfirm={() => dropping.mutate()}
        onClose={() => setOpen(false)}
        consequence={
          <>
            {dropping.error && <Refused error={dropping.error} />}
            <p>{say('source.drop_text')}</p>
          </>
        }
      />
    </Card>
  );
}
