import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Setup } from '../../../../api/shapes/setup.js';
import { ApiProblem } from '../../../app/call.js';
import { changeSetup, type GuideStep, setupQuery } from '../../../app/channels.js';
import type { JsonObject } from '../../../app/json.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Form } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { objectOf, patchOf } from '../../../ui/schema-form/change.js';
import { ActionForm, ShownFact } from './channel-actions.js';
import { ChannelCheck } from './channel-check.js';
import { Fields, otherFields } from './guide-fields.js';
import type { StepProps } from './step-props.js';

/** A step of the guide on a draft: fields are kept when one goes on; then the channel is asked, where the step says so. */
export function GuideForm({
  connector,
  setup,
  step,
  onDone,
  onBack,
}: StepProps & { readonly step: GuideStep }) {
  const before = settingsOf(setup);
  const [settings, setSettings] = useState<JsonObject>(before);
  const [tried, setTried] = useState(false);
  const client = useQueryClient();
  const first = connector.guide?.steps[0]?.id === step.id;
  const own = (pointer: string): boolean =>
    [...step.fields, ...(first ? otherFields(connector) : [])].some(
      (name) => pointer === `/settings/${name}` || pointer.startsWith(`/settings/${name}/`),
    );
  const save = async (): Promise<Setup> => {
    const patch = patchOf(before, settings);
    if (patch === null) return setup;
    const kept = await changeSetup(setup.id, { revision: setup.revision, values: { settings: patch } });
    client.setQueryData(setupQuery(setup.id).queryKey, kept);
    setSettings(settingsOf(kept));
    return kept;
  };
  const saving = useMutation({
    mutationFn: save,
    onSuccess: ({ mistakes }) => {
      setTried(true);
      if (
        !mistakes.some(({ pointer }) => own(pointer) || (pointer === '/settings' && step.fields.length > 0))
      )
        onDone();
    },
  });
  const { error } = saving;
  const told = error instanceof ApiProblem ? error.pointers : tried ? setup.mistakes : [];
  const general = told.filter(({ pointer }) => pointer === '/settings' && step.fields.length > 0);
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
      {general.map(({ message, advice }) => (
        <Notice key={message} tone="problem">
          {message}. {advice}
        </Notice>
      ))}
      <Fields
        connector={connector}
        step={step}
        first={first}
        value={settings}
        facts={{ secrets: setup.secrets, mistakes: told }}
        onChange={setSettings}
      />
      {step.shows !== null && <ShownFact channel={setup.id} action={step.shows} />}
      {step.action !== null && <ActionForm channel={setup.id} action={step.action} />}
      {step.check && <ChannelCheck channel={setup.id} before={save} />}
    </Form>
  );
}

function settingsOf({ values }: Setup): JsonObject {
  return objectOf(values.settings);
}
