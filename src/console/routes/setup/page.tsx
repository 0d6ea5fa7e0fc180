import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiProblem } from '../../app/call.js';
import { FrontDoor } from '../../shell/front-door.js';
import { say } from '../../strings/say.js';
import { Refused } from '../../ui/form/form.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { BringProducts } from './parts/bring-products.js';
import { CreateSignIn } from './parts/create-sign-in.js';
import { WhereYouSell } from './parts/where-you-sell.js';
import { entryQuery } from './queries.js';

const route = getRouteApi('/setup');

/** The first person of a house makes a sign-in, says where they sell and brings products; somebody invited makes a sign-in only. */
export function SetupPage() {
  const { step } = route.useSearch();
  const navigate = route.useNavigate();
  if (step === undefined) return <SignInStep onDone={() => void navigate({ search: { step: 'market' } })} />;
  return (
    <FrontDoor wide={step === 'products'}>
      <PageHead
        key={step}
        title={say(`setup.${step}`)}
        name={[say(`setup.${step}`)]}
        beside={say('setup.at', { n: step === 'market' ? 2 : 3 })}
        lead={say(`setup.${step}_lead`)}
      />
      {step === 'market' ? (
        <WhereYouSell onDone={() => void navigate({ search: { step: 'products' } })} />
      ) : (
        <BringProducts />
      )}
    </FrontDoor>
  );
}

function SignInStep({ onDone }: { onDone(): void }) {
  const { token = '' } = route.useSearch();
  const { data, error } = useQuery(entryQuery(token));
  const invited = data?.kind === 'invited';
  const gone = error instanceof ApiProblem;
  return (
    <FrontDoor>
      <PageHead
        title={say('setup.title')}
        name={[say('setup.title')]}
        beside={!gone && !invited && say('setup.at', { n: 1 })}
        lead={gone ? undefined : say(invited ? 'setup.lead_invited' : 'setup.lead')}
      />
      {error && <Refused error={error} />}
      {!gone && (
        <CreateSignIn
          key={data?.email ?? ''}
          token={token}
          invited={invited ? data : null}
          onFirst={onDone}
        />
      )}
    </FrontDoor>
  );
}
