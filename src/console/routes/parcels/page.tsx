import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useWhyNot } from '../../app/session.js';
import { say } from '../../strings/say.js';
import { Button, buttonClass } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { FileDrop } from '../../ui/file-drop/file-drop.js';
import { Form } from '../../ui/form/form.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Select } from '../../ui/select/select.js';
import { sellersQuery } from '../orders/sellers.js';
import styles from './parts/parcels.module.css';
import { ParcelsResult } from './parts/parcels-result.js';
import { sendParcels } from './queries.js';

const NONE = '*';

/** Announces many parcels at once, from a file of the warehouse. */
export function ParcelsPage() {
  const [file, setFile] = useState<File | null>(null);
  const [channel, setChannel] = useState(NONE);
  const { data: sellers } = useQuery(sellersQuery);
  const whyNot = useWhyNot()('orders:write');
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: (chosen: File) => sendParcels(chosen, channel === NONE ? undefined : channel),
    onSuccess: () => client.invalidateQueries({ queryKey: ['orders'] }),
  });
  return (
    <>
      <PageHead
        title={say('parcels.title')}
        name={[say('parcels.title'), say('place.orders')]}
        lead={say('parcels.lead')}
        actions={
          <Link to="/orders" className={buttonClass()}>
            {say('exceptions.all_orders')}
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
                {say('parcels.send')}
              </Button>
            }
          >
            <FileDrop
              label={say('parcels.drop')}
              accept=".csv,text/csv"
              help={say('parcels.columns')}
              chosen={file?.name ?? null}
              onFile={(chosen) => {
                setFile(chosen);
                sending.reset();
              }}
            />
            <Select
              label={say('parcels.channel')}
              value={channel}
              onChange={setChannel}
              choices={[
                { id: NONE, label: say('parcels.in_file') },
                ...(sellers ?? []).map(({ id }) => ({ id, label: id })),
              ]}
            />
          </Form>
        </Card>
        {sending.data && <ParcelsResult taken={sending.data} />}
      </div>
    </>
  );
}
