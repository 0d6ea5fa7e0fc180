import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiProblem } from '../../app/call.js';
import { FrontDoor } from '../../shell/front-door.js';
import { say } from '../../strings/say.js';
import { Refused } from '../../ui/form/form.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { CreateSignIn } from './parts/create-sign-in.js';
import { entryQuery } from './queries.js';

const route = getRouteApi('/setup');

/** The first person of a house, or somebody invited, makes a sign-in. */
export function SetupPage() {
  const { token = '' } = route.useSearch();
  const { data, error } = useQuery(entryQuery(token));
  const invited = data?.kind === 'invited';
  const gone = error instanceof ApiProblem;
  return (
    <FrontDoor>
      <PageHead
        title={say('setup.title')}
        name={[say('setup.title')]}
        lead={gone ? undefined : say(invited ? 'setup.lead_invited' : 'setup.lead')}
      />
      {error && <Refused error={error} />}
      {!gone && <CreateSignIn key={data?.email ?? ''} token={token} invited={invited ? data : null} />}
    </FrontDoor>
  );
}
