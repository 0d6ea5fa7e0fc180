import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelActionRow } from '../../../../api/shapes/setup.js';
import { ApiProblem, call, pathOf } from '../../../app/call.js';
import type { JsonObject } from '../../../app/json.js';
import { onceKey } from '../../../app/once-key.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Code } from '../../../ui/code/code.js';
import { FactList } from '../../../ui/fact-list/fact-list.js';
import { Refused } from '../../../ui/form/form.js';
import { SchemaForm } from '../../../ui/schema-form/schema-form.js';
import styles from './connect.module.css';

interface Props {
  readonly channel: string;
  readonly action: string;
}

function act({ channel, action }: Props, parameters: JsonObject): Promise<{ result: JsonObject }> {
  const path = `${pathOf('/channels', channel)}${pathOf('/actions', action)}`;
  return call('POST', path, { body: { parameters }, idempotencyKey: onceKey() });
}

/** Something of the channel a person copies to its site: the address of the robot. */
export function ShownFact(props: Props) {
  const { data, error } = useQuery({
    queryKey: ['channels', props.channel, 'shown', props.action],
    retry: false,
    queryFn: () => act(props, {}),
  });
  if (error) return <Refused error={error} />;
  return data === undefined ? null : <Result result={data.result} copy />;
}

/** A step a person takes at the channel by hand, with what it asks for. */
export function ActionForm(props: Props) {
  const { channel, action } = props;
  const actions = useQuery({
    queryKey: ['channels', channel, 'actions'],
    retry: false,
    queryFn: ({ signal }) =>
      call<{ actions: readonly ChannelActionRow[] }>('GET', `${pathOf('/channels', channel)}/actions`, {
        signal,
      }),
  });
  const [parameters, setParameters] = useState<JsonObject>({});
  const acting = useMutation({ mutationFn: () => act(props, parameters) });
  const found = actions.data?.actions.find(({ name }) => name === action);
  const { error } = acting;
  if (actions.error) return <Refused error={actions.error} />;
  if (found === undefined) return null;
  return (
    <div className={styles.shown}>
      <p>{found.title.charAt(0).toUpperCase() + found.title.slice(1)}</p>
      <SchemaForm
        schema={found.parameters}
        at="/parameters"
        value={parameters}
        facts={{ secrets: [], mistakes: error instanceof ApiProblem ? error.pointers : [] }}
        onChange={setParameters}
      />
      {error && <Refused error={error} />}
      {acting.data && <Result result={acting.data.result} />}
      <div>
        <Button pending={acting.isPending} onPress={() => acting.mutate()}>
          {say('connect.do_it')}
        </Button>
      </div>
    </div>
  );
}

function Result({ result, copy = false }: { readonly result: JsonObject; readonly copy?: boolean }) {
  return (
    <div className={styles.shown} role="status">
      <FactList
        facts={Object.entries(result).flatMap(([name, value]) =>
          value === null || value === undefined
            ? []
            : [
                [
                  name,
                  <Code key={name} copy={copy}>
                    {typeof value === 'string' ? value : JSON.stringify(value)}
                  </Code>,
                ] as const,
              ],
        )}
      />
    </div>
  );
}
