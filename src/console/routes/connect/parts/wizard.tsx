import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Setup } from '../../../../api/shapes/setup.js';
import { type ConnectorRow, changeSetup, setupQuery } from '../../../app/channels.js';
import { say } from '../../../strings/say.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { Stepper } from '../../../ui/stepper/stepper.js';
import type { ConnectSearch } from '../search.js';
import { stepsOf, type WizardStep } from '../steps.js';
import styles from './connect.module.css';
import { FirstStep } from './first-step.js';
import { GuideForm } from './guide-form.js';
import { MarketStep } from './market-step.js';
import type { StepProps } from './step-props.js';
import { WhyWeAsk } from './why-we-ask.js';

/** The last steps are loaded when one gets there. */
const OrdersStep = lazy(async () => ({ default: (await import('./orders-step.js')).OrdersStep }));
const ReadyStep = lazy(async () => ({ default: (await import('./ready-step.js')).ReadyStep }));
const StartStep = lazy(async () => ({ default: (await import('./start-step.js')).StartStep }));

const route = getRouteApi('/shell/channels/new/$connector');

/** The steps, the present one, and why it is asked. */
export function Wizard({
  connector,
  setup,
}: {
  readonly connector: ConnectorRow;
  readonly setup: Setup | null;
}) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const steps = stepsOf(connector, setup?.practice ?? false);
  const wanted = search.step ?? setup?.step ?? undefined;
  const at =
    setup === null
      ? 0
      : Math.max(
          0,
          steps.findIndex(({ id }) => id === wanted),
        );
  const step = steps[at];
  if (step === undefined) return null;
  const go = (next: ConnectSearch): void =>
    void navigate({ to: '/channels/new/$connector', params: { connector: connector.id }, search: next });
  const leadTo = async (channel: string, place: number): Promise<void> => {
    const next = steps[place];
    if (next === undefined) return;
    // Where the wizard is left, so that whoever comes back lands there. One in use has no such place.
    const known = await client.fetchQuery({ ...setupQuery(channel), staleTime: 0 });
    if (known.state === 'draft' && known.step !== next.id) {
      const kept = await changeSetup(channel, { revision: known.revision, step: next.id });
      client.setQueryData(setupQuery(channel).queryKey, kept);
    }
    go({ channel, step: next.id });
  };
  return (
    <div className={styles.frame}>
      <Stepper
        label={say('source_new.steps')}
        current={step.id}
        steps={steps.map(({ id, title }, place) => ({ id, title, done: place < at }))}
        onStep={(id) => setup && go({ channel: setup.id, step: id })}
      />
      <section className={styles.step} aria-label={step.title}>
        <h2>{step.title}</h2>
        {setup === null ? (
          step.guide && (
            <FirstStep
              connector={connector}
              step={step.guide}
              onBegun={(id) => leadTo(id, step.guide?.check ? 0 : 1)}
            />
          )
        ) : (
          <Suspense fallback={<Waiting rows={4} />}>
            <Present
              key={step.id}
              step={step}
              connector={connector}
              setup={setup}
              onDone={() => void leadTo(setup.id, at + 1)}
              onBack={at === 0 ? null : () => go({ channel: setup.id, step: steps[at - 1]?.id })}
            />
          </Suspense>
        )}
      </section>
      <WhyWeAsk step={step} />
    </div>
  );
}

function Present({ step, ...props }: StepProps & { readonly step: WizardStep }) {
  if (step.guide !== null) return <GuideForm {...props} step={step.guide} />;
  if (step.id === 'market') return <MarketStep {...props} />;
  if (step.id === 'orders') return <OrdersStep {...props} />;
  return step.id === 'ready' ? <ReadyStep {...props} /> : <StartStep {...props} />;
}
