import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../../app/call.js';
import {
  beginChannel,
  type ConnectorRow,
  channelsQuery,
  draftsQuery,
  freeName,
  type GuideStep,
} from '../../../app/channels.js';
import { settingsQuery } from '../../../app/house.js';
import type { JsonObject } from '../../../app/json.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import { guessedMarket } from '../../../ui/market-fields/places.js';
import type { FormFacts } from '../../../ui/schema-form/facts.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { Fields } from './guide-fields.js';

const NOTHING_WRONG: FormFacts = { secrets: [], mistakes: [] };

interface FirstProps {
  readonly connector: ConnectorRow;
  readonly step: GuideStep;
  /** The draft is there. */
  onBegun(channel: string): Promise<void>;
}

/** The first step before there is a draft: it names it. */
export function FirstStep({ connector, step, onBegun }: FirstProps) {
  const taken = [
    ...(useQuery(channelsQuery).data?.channels ?? []),
    ...(useQuery(draftsQuery).data?.drafts ?? []),
  ].map(({ id }) => id);
  const house = useQuery(settingsQuery).data?.general;
  const guess = guessedMarket();
  const market = {
    country: house?.country ?? guess.country,
    language: guess.language,
    currency: house?.currency ?? guess.currency,
    zone: house?.zone ?? guess.zone,
  };
  const [typed, setTyped] = useState<string>();
  const name = typed ?? freeName(connector.id, market.country, taken);
  const [settings, setSettings] = useState<JsonObject>({});
  const client = useQueryClient();
  const beginning = useMutation({
    mutationFn: () =>
      beginChannel({ id: name, connector: connector.id, values: { ...known(market), settings } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['channels'] });
      await onBegun(name);
    },
  });
  const { error } = beginning;
  return (
    <Form
      error={error}
      onSubmit={() => beginning.mutate()}
      actions={
        <Button kind="primary" type="submit" pending={beginning.isPending}>
          {say('wizard.continue')}
        </Button>
      }
    >
      <TextField
        label={say('connect.name')}
        help={say('connect.name_help')}
        code
        value={name}
        onChange={setTyped}
        error={fieldError(error, '/id')}
      />
      <Fields
        connector={connector}
        step={step}
        first
        value={settings}
        facts={error instanceof ApiProblem ? { secrets: [], mistakes: error.pointers } : NOTHING_WRONG}
        onChange={setSettings}
      />
    </Form>
  );
}

/** What nobody knows is left out: it is asked for in the step of the market. */
function known(market: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(market).filter(([, value]) => value !== ''));
}
