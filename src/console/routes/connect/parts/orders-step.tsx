import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { changeSetup, channelsQuery, setupQuery } from '../../../app/channels.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { RadioGroup } from '../../../ui/checkbox/checkbox.js';
import { Form } from '../../../ui/form/form.js';
import { objectOf } from '../../../ui/schema-form/change.js';
import { Select } from '../../../ui/select/select.js';
import styles from './connect.module.css';
import type { StepProps } from './step-props.js';

const POLICIES = ['matched', 'all', 'none'] as const;

/** Where orders are placed, and which of them. */
export function OrdersStep({ setup, onDone, onBack }: StepProps) {
  const known = objectOf(setup.values.orders);
  const [placeIn, setPlaceIn] = useState(typeof known.placeIn === 'string' ? known.placeIn : '');
  const [policy, setPolicy] = useState(typeof known.policy === 'string' ? known.policy : 'matched');
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const shops = channels.filter(({ capabilities }) => capabilities.includes('sink'));
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () =>
      changeSetup(setup.id, {
        revision: setup.revision,
        values: { orders: placeIn === '' ? { placeIn: null, policy: 'none' } : { placeIn, policy } },
      }),
    onSuccess: (kept) => {
      client.setQueryData(setupQuery(setup.id).queryKey, kept);
      onDone();
    },
  });
  return (
    <Form
      error={saving.error}
      onSubmit={() => saving.mutate()}
      actions={
        <>
          {onBack && <Button onPress={onBack}>{say('wizard.back')}</Button>}
          <Button kind="primary" type="submit" pending={saving.isPending}>
            {say('wizard.continue')}
          </Button>
        </>
      }
    >
      <Select
        label={say('connect.place_in')}
        value={placeIn}
        choices={[{ id: '', label: say('connect.nowhere') }, ...shops.map(({ id }) => ({ id, label: id }))]}
        onChange={setPlaceIn}
      />
      {shops.length === 0 && (
        <p className={styles.dim}>
          {say('connect.no_shop')}{' '}
          <Link to="/channels/new" search={{ kind: 'shop' }}>
            {say('source_new.shop_action')}
          </Link>
        </p>
      )}
      {placeIn !== '' && (
        <RadioGroup
          label={say('connect.which')}
          value={policy}
          onChange={setPolicy}
          choices={POLICIES.map((id) => ({
            id,
            label: say(`connect.policy_${id}`),
            help: say(`connect.policy_${id}_help`),
          }))}
        />
      )}
    </Form>
  );
}
