import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StockOfSku } from '../../../../api/shapes/stock.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Button } from '../../../ui/button/button.js';
import { Card } from '../../../ui/card/card.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { NumberField } from '../../../ui/number-field/number-field.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { remark } from '../../../ui/toast/toast.js';
import { locationsQuery } from '../../order/queries.js';
import styles from '../../stock/parts/stock.module.css';
import { stateCount } from '../queries.js';

interface Place {
  readonly location: string;
  readonly onHand: number;
}

/** What was counted where, by whom; a count by hand is a movement with its reason, never a rewriting. */
export function CountsCard({ stock }: { readonly stock: StockOfSku }) {
  const { data: locations } = useQuery(locationsQuery);
  const [counting, setCounting] = useState<Place | null>(null);
  const whyNot = useWhyNot()('stock:write');
  const empty = (locations ?? [])
    .map(({ id }) => id)
    .filter((id) => !stock.counts.some(({ location }) => location === id));
  const more = stock.counts.length === 0 && empty.length === 0 ? ['main'] : empty;
  return (
    <Card
      title={
        stock.untracked
          ? say('stock.untracked')
          : stock.onHand === null
            ? say('stock.not_counted')
            : say('stock.counted', { n: count(stock.onHand) })
      }
      flush
    >
      <ul className={styles.rows}>
        {stock.counts.map(({ location, onHand, owner, readAt }) => (
          <li key={location}>
            <span>
              <strong>{location}</strong> {count(onHand)}
            </span>
            <span className={styles.dim}>
              {say('stock.counted_by', { owner })} <Age at={readAt} />
            </span>
            <Button whyNot={whyNot} onPress={() => setCounting({ location, onHand })}>
              {say('stock.count')}
            </Button>
          </li>
        ))}
        {more.map((location) => (
          <li key={location}>
            <span>
              <strong>{location}</strong> <span className={styles.dim}>{say('stock.not_counted')}</span>
            </span>
            <Button whyNot={whyNot} onPress={() => setCounting({ location, onHand: 0 })}>
              {say('stock.count')}
            </Button>
          </li>
        ))}
      </ul>
      {counting && <CountDialog sku={stock.sku} place={counting} onClose={() => setCounting(null)} />}
    </Card>
  );
}

const MOST_UNITS = 1_000_000;

function CountDialog({
  sku,
  place,
  onClose,
}: {
  readonly sku: string;
  readonly place: Place;
  onClose(): void;
}) {
  const [onHand, setOnHand] = useState(place.onHand);
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const stating = useMutation({
    mutationFn: () => stateCount({ sku, location: place.location, onHand, reason }),
    onSuccess: async ({ answers: [answer] }) => {
      if (answer?.result !== 'changed' && answer?.result !== 'unchanged') return;
      remark({ text: say(`stock.result.${answer.result}`) });
      onClose();
      await client.invalidateQueries({ queryKey: ['stock'] });
    },
  });
  const refused = stating.data?.answers[0]?.message;
  return (
    <Dialog
      title={say('stock.count_title', { sku, location: place.location })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say('common.cancel')}</Button>
          <Button kind="primary" pending={stating.isPending} onPress={() => stating.mutate()}>
            {say('stock.count_verb', { n: Number.isNaN(onHand) ? 0 : onHand })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {stating.error && <Refused error={stating.error} />}
        {refused !== undefined && <Notice tone="problem">{refused}</Notice>}
        <p>{say('stock.count_text')}</p>
        <NumberField label={say('stock.units_there')} value={onHand} max={MOST_UNITS} onChange={setOnHand} />
        <TextField label={say('stock.reason')} value={reason} maxLength={200} onChange={setReason} />
      </div>
    </Dialog>
  );
}
