import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListingLine } from '../../../../api/shapes/listings.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { BulkBar } from '../../../ui/bulk-bar/bulk-bar.js';
import { Button } from '../../../ui/button/button.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { remark } from '../../../ui/toast/toast.js';
import { excludeListing, type TakeBack } from '../queries.js';
import styles from './exclude-ticked.module.css';

interface Props {
  readonly rows: readonly ListingLine[];
  onDone(refused: readonly ListingLine[]): void;
}

/** Leaves the ticked listings out of their channels, with a reason. Refused ones stay ticked; Undo takes the others back. */
export function ExcludeTicked({ rows, onDone }: Props) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const whyNot = useWhyNot()('catalog:write');
  const client = useQueryClient();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['listings'] });
  const excluding = useMutation({
    mutationFn: async () => {
      const refused: ListingLine[] = [];
      const back: TakeBack[] = [];
      for (const row of rows)
        await excludeListing(row, reason.trim()).then(
          (takeBack) => back.push(takeBack),
          () => refused.push(row),
        );
      return { refused, back };
    },
    onSuccess: async ({ refused, back }) => {
      remark({
        text: say('listings.excluded', { n: back.length }),
        undo: () => void Promise.all(back.map((takeBack) => takeBack())).then(again),
      });
      if (refused.length > 0)
        remark({ text: say('listings.not_excluded', { n: refused.length }), failed: true });
      setOpen(false);
      onDone(refused);
      await again();
    },
  });
  if (rows.length === 0) return null;
  return (
    <BulkBar n={rows.length} onClear={() => onDone([])}>
      <Button whyNot={whyNot} onPress={() => setOpen(true)}>
        {say('listings.exclude', { n: count(rows.length) })}
      </Button>
      <Confirm
        title={say('listings.exclude_title', { n: rows.length })}
        verb={say('listings.exclude', { n: count(rows.length) })}
        open={open}
        pending={excluding.isPending}
        whyNot={reason.trim() === '' ? say('listings.reason_first') : null}
        onConfirm={() => excluding.mutate()}
        onClose={() => setOpen(false)}
        consequence={
          <div className={styles.form}>
            <p>{say('listings.exclude_text')}</p>
            <TextField
              label={say('listings.exclude_reason')}
              value={reason}
              maxLength={500}
              onChange={setReason}
            />
          </div>
        }
      />
    </BulkBar>
  );
}
