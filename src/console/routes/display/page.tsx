import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Account } from '../../../api/shapes/access.js';
import { SettingsTabs } from '../../shell/settings-tabs.js';
import { say } from '../../strings/say.js';
import { Card } from '../../ui/card/card.js';
import { RadioGroup, Switch } from '../../ui/checkbox/checkbox.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { remark } from '../../ui/toast/toast.js';
import styles from './display.module.css';
import { accountQuery, keepPreferences } from './queries.js';

/** Theme, density and keys: at once, and kept on the server for every browser of this person. */
export function DisplayPage() {
  const query = useQuery(accountQuery);
  const client = useQueryClient();
  const keeping = useMutation({
    mutationFn: keepPreferences,
    onSuccess: (account) => client.setQueryData(accountQuery.queryKey, account),
    onError: () => {
      remark({ text: say('display.not_kept'), failed: true });
      if (query.data) show(query.data.preferences);
    },
  });
  const { data, error } = query;
  const choose = (changed: Account['preferences']): void => {
    const preferences = { ...data?.preferences, ...changed };
    show(preferences);
    keeping.mutate(preferences);
  };
  const { theme, density, direction, shortcuts } = keeping.variables ?? data?.preferences ?? {};
  return (
    <>
      <PageHead title={say('display.title')} name={[say('display.title')]} lead={say('display.lead')} />
      <SettingsTabs />
      {error && <LoadError error={error} retry={() => void query.refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {data && (
        <Card title={say('display.looks')}>
          <div className={styles.choices}>
            <RadioGroup
              label={say('display.theme')}
              value={typeof theme === 'string' ? theme : 'system'}
              onChange={(id) => choose({ theme: id })}
              choices={(['system', 'light', 'dark'] as const).map((id) => ({
                id,
                label: say(`display.theme.${id}`),
              }))}
            />
            <RadioGroup
              label={say('display.density')}
              value={density === 'compact' ? 'compact' : 'normal'}
              onChange={(id) => choose({ density: id })}
              choices={(['normal', 'compact'] as const).map((id) => ({
                id,
                label: say(`display.density.${id}`),
              }))}
            />
            <RadioGroup
              label={say('display.direction')}
              value={direction === 'rtl' ? 'rtl' : 'ltr'}
              onChange={(id) => choose({ direction: id })}
              choices={(['ltr', 'rtl'] as const).map((id) => ({ id, label: say(`display.direction.${id}`) }))}
            />
            <Switch checked={shortcuts !== false} onChange={(on) => choose({ shortcuts: on })}>
              {say('display.shortcuts')}
            </Switch>
          </div>
        </Card>
      )}
    </>
  );
}

/** The server writes the same into the page when it is loaded. */
function show({ theme, density, direction, shortcuts }: Account['preferences']): void {
  const { dataset } = document.documentElement;
  dataset.theme = theme === 'light' || theme === 'dark' ? theme : 'system';
  dataset.density = density === 'compact' ? 'compact' : 'normal';
  dataset.shortcuts = shortcuts === false ? 'off' : 'on';
  document.documentElement.dir = direction === 'rtl' ? 'rtl' : 'ltr';
}
