import { getRouteApi } from '@tanstack/react-router';
import { FrontDoor } from '../../shell/front-door.js';
import { say } from '../../strings/say.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { CreateSignIn } from './parts/create-sign-in.js';

const route = getRouteApi('/setup');

/** The first person of a house makes a sign-in. */
export function SetupPage() {
  const { token } = route.useSearch();
  return (
    <FrontDoor>
      <PageHead title={say('setup.title')} name={[say('setup.title')]} lead={say('setup.lead')} />
      <CreateSignIn token={token ?? ''} />
    </FrontDoor>
  );
}
