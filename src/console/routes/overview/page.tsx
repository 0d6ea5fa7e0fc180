import { say } from '../../strings/say.js';
import { PageHead } from '../../ui/page-head/page-head.js';

/** How everything stands. */
export function OverviewPage() {
  return <PageHead title={say('place.overview')} name={[say('place.overview')]} />;
}
