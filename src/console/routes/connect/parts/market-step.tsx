import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../../app/call.js';
import { changeSetup, setupQuery } from '../../../app/channels.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Form } from '../../../ui/form/form.js';
import { MarketFields } from '../../../ui/market-fields/market-fields.js';
import type { Market } from '../../../ui/market-fields/places.js';
import { objectOf, patchOf } from '../../../ui/schema-form/change.js';
import { type FormFacts, mistakeAt } from '../../../ui/schema-form/facts.js';
import { SchemaForm } from '../../../ui/schema-form/schema-form.js';
import type { StepProps } from './step-props.js';

/** Country, language, currency and zone, and what the channel's mapping asks for: the address of the shop, a brand for goods without one. */
export function MarketStep({ connector, setup, onDone, onBack }: StepProps) {
  const { values } = setup;
  const text = (member: string): string => (typeof values[member] === 'string' ? values[member] : '');
  const before: Market = {
    country: text('country'),
    language: text('language'),
    currency: text('currency'),
    zone: text('zone'),
  };
  const paramsBefore = objectOf(values.params);
  const [market, setMarket] = useState(before);
  const [params, setParams] = useState(paramsBefore);
  const [tried, setTried] = useState(false);
  const client = useQueryClient();
  const saving = useMutation({
    async mutationFn() {
      const changed = patchOf({ ...before }, { ...market });
      const changedParams = patchOf(paramsBefore, params);
      if (changed === null && changedParams === null) return setup;
      return changeSetup(setup.id, {
        revision: setup.revision,
        values: { ...changed, ...(changedParams === null ? {} : { params: changedParams }) },
      });
    },
    onSuccess: (kept) => {
      client.setQueryData(setupQuery(setup.id).queryKey, kept);
      setTried(true);
      if (!kept.mistakes.some(({ pointer }) => !pointer.startsWith('/settings'))) onDone();
    },
  });
  const { error } = saving;
  const facts: FormFacts = {
    secrets: [],
    mistakes: error instanceof ApiProblem ? error.pointers : tried ? setup.mistakes : [],
  };
  return (
    <Form
      error={error}
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
      <MarketFields
        market={market}
        onChange={setMarket}
        errorOf={(member) => mistakeAt(facts, `/${member}`)}
      />
      {Object.keys(objectOf(connector.params.properties)).length > 0 && (
        <>
          <h3>{say('connect.params')}</h3>
          <SchemaForm
            schema={connector.params}
            at="/params"
            value={params}
            facts={facts}
            onChange={setParams}
          />
        </>
      )}
    </Form>
  );
}
