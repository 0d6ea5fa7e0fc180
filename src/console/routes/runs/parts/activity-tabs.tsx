import { Link } from '@tanstack/react-router';
import { useMay } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { buttonClass } from '../../../ui/button/button.js';

const PAGES = [
  { id: 'runs', to: '/activity', name: 'activity.runs', permission: 'runs:read' },
  { id: 'schedules', to: '/activity/schedules', name: 'activity.schedules', permission: 'runs:read' },
  { id: 'audit', to: '/activity/audit', name: 'activity.audit', permission: 'audit:read' },
] as const;

/** The ways to the other pages of Activity. */
export function ActivityLinks({ current }: { readonly current: (typeof PAGES)[number]['id'] }) {
  const may = useMay();
  return PAGES.filter(({ id, permission }) => id !== current && may(permission)).map(({ id, to, name }) => (
    <Link key={id} to={to} className={buttonClass()}>
      {say(name)}
    </Link>
  ));
}
