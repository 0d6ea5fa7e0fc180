import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useWhyNot } from '../../app/session.js';
import { say } from '../../strings/say.js';
import { Button, buttonClass } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { FileDrop } from '../../ui/file-drop/file-drop.js';
import { FieldPair, Form } from '../../ui/form/form.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { TextField } from '../../ui/text-field/text-field.js';
import styles from '../stock/parts/stock.module.css';
import { CountsResult } from './parts/counts-result.js';
import { sendCounts } from './queries.js';

/** Takes counts of a warehouse or a till from a file. */
export function StockCountsPage() {
  const [file, setFile] = useState<File | null>(null);
  const [location, setLocation] = useState('main');
  const [reason, setReason] = useState('');
  const whyNot = useWhyNot()('stock:write');
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: (chosen: File) => sendCounts(chosen, { location, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['stock'] }),
  });
  return (
    <>
      <PageHead
        title={say('counts.title')}
        name={[say('counts.title'), say('place.stock')]}
        lead={say('counts.lead')}
        actions={
          <Link to="/stock" className={buttonClass()}>
            {say('counts.all_stock')}
          </Link>
        }
      />
      <div className={styles.page}>
        <Card title={say('parcels.file')}>
          <Form
            error={sending.error}
            onSubmit={() => {
              if (file) sending.mutate(file);
            }}
            actions={
              <Button
                kind="primary"
                type="submit"
                pending={sending.isPending}
                whyNot={whyNot ?? (file === null ? say('parcels.no_file') : null)}
              >
                {say('counts.send')}
              </Button>
            }
          >
            <FileDrop
              label={say('counts.drop')}
              accept=".csv,text/csv"
              help={say('counts.columns')}
              chosen={file?.name ?? null}
              onFile={(chosen) => {
                setFile(chosen);
                sending.reset();
              }}
            />
            <FieldPair>
              <TextField
                label={say('counts.location')}
                value={location}
                maxLength={255}
                onChange={setLocation}
              />
              <TextField label={say('stock.reason')} value={reason} maxLength={200} onChange={setReason} />
            </FieldPair>
          </Form>
        </Card>
        {sending.data && <CountsResult taken={sending.data} />}
      </div>
    </>
  );
}
