import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../api/shapes/settings.js';
import { keepSettings, settingsQuery } from '../../app/house.js';
import { useWhyNot } from '../../app/session.js';
import { SettingsTabs } from '../../shell/settings-tabs.js';
import { say } from '../../strings/say.js';
import { Age } from '../../ui/age/age.js';
import { Button } from '../../ui/button/button.js';
import { Card } from '../../ui/card/card.js';
import { FactList } from '../../ui/fact-list/fact-list.js';
import { Form, fieldError } from '../../ui/form/form.js';
import { MarketFields } from '../../ui/market-fields/market-fields.js';
import { LoadError } from '../../ui/notice/notice.js';
import { PageHead } from '../../ui/page-head/page-head.js';
import { Select } from '../../ui/select/select.js';
import { Waiting } from '../../ui/skeleton/skeleton.js';
import { remark } from '../../ui/toast/toast.js';
import { Rights } from './parts/rights.js';
import styles from './settings.module.css';

const UNITS = ['kg', 'g', 'lb', 'oz'] as const;

/** Settings of the house: where it sells, backups, buyer data, and what each role may do. */
export function SettingsPage() {
  const query = useQuery(settingsQuery);
  const { data, error } = query;
  return (
    <>
      <PageHead title={say('place.settings')} name={[say('settings.general'), say('place.settings')]} />
      <SettingsTabs />
      <div className={styles.page}>
        {error && <LoadError error={error} retry={() => void query.refetch()} />}
        {!data && !error && <Waiting rows={6} />}
        {data && (
          <>
            <Sells settings={data} />
            <Kept settings={data} />
            <Rights rights={data.rights} />
          </>
        )}
      </div>
    </>
  );
}

function Sells({ settings: { general } }: { readonly settings: Settings }) {
  const [market, setMarket] = useState({
    country: general.country ?? '',
    language: '',
    currency: general.currency ?? '',
    zone: general.zone ?? '',
  });
  const [unit, setUnit] = useState(general.weightUnit);
  const whyNot = useWhyNot()('settings:write');
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () =>
      keepSettings({
        country: market.country || null,
        currency: market.currency || null,
        zone: market.zone || null,
        weightUnit: unit,
      }),
    onSuccess: async () => {
      remark({ text: say('settings.saved') });
      await client.invalidateQueries({ queryKey: ['settings'] });
    },
  });
  return (
    <Card title={say('settings.sells')}>
      <Form
        error={saving.error}
        onSubmit={() => {
          if (whyNot === null) saving.mutate();
        }}
        actions={
          <Button kind="primary" type="submit" whyNot={whyNot} pending={saving.isPending}>
            {say('settings.save')}
          </Button>
        }
      >
        <p className={styles.dim}>{say('settings.sells_text')}</p>
        <MarketFields
          noLanguage
          market={market}
          onChange={setMarket}
          errorOf={(member) => fieldError(saving.error, `/${member}`)}
        />
        <Select
          label={say('setup.weight')}
          value={unit ?? ''}
          choices={[
            { id: '', label: say('value.unknown') },
            ...UNITS.map((id) => ({ id, label: say(`unit.${id}`) })),
          ]}
          onChange={(id) => setUnit(UNITS.find((known) => known === id) ?? null)}
        />
      </Form>
    </Card>
  );
}

/** What the file says: it is changed there. */
function Kept({ settings: { backups, buyers, mail, publicUrl } }: { readonly settings: Settings }) {
  return (
    <Card title={say('settings.kept')}>
      <p className={styles.dim}>{say('settings.kept_text')}</p>
      <FactList
        facts={[
          [
            say('settings.backups'),
            backups === null
              ? say('settings.no_backups')
              : say('settings.backups_kept', {
                  hours: backups.keep.hours,
                  days: backups.keep.days,
                  weeks: backups.keep.weeks,
                }),
          ],
          ...(backups === null
            ? []
            : [
                [
                  say('settings.last_backup'),
                  backups.lastAt === null ? say('overview.never') : <Age key="last" at={backups.lastAt} />,
                ] as const,
              ]),
          ...buyers.map(
            ({ channel, days }) =>
              [say('settings.buyers_of', { channel }), say('settings.buyer_days', { days })] as const,
          ),
          [say('settings.mail'), mail === null ? say('settings.no_mail') : mail.from],
          [say('settings.address'), publicUrl ?? window.location.origin],
        ]}
      />
    </Card>
  );
}
