import { useMay } from '../app/session.js';
import { say } from '../strings/say.js';
import { PathTabs } from '../ui/tabs/path-tabs.js';

/** The pages of the settings; those outside the role are absent. */
export function SettingsTabs() {
  const may = useMay();
  const house = may('settings:read')
    ? [
        { to: '/settings', label: say('settings.general') },
        { to: '/settings/users', label: say('users.title') },
        { to: '/settings/keys', label: say('keys_api.title') },
        { to: '/settings/webhooks', label: say('webhooks.title') },
      ]
    : [];
  return (
    <PathTabs
      label={say('place.settings')}
      tabs={[
        ...house,
        { to: '/settings/account', label: say('account.title') },
        { to: '/settings/display', label: say('display.title') },
      ]}
    />
  );
}
