import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { settingsQuery } from '../../../app/house.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Refused } from '../../../ui/form/form.js';
import { currencies } from '../../../ui/market-fields/places.js';
import { Notice } from '../../../ui/notice/notice.js';
import { PickBox } from '../../../ui/pick-box/pick-box.js';
import { Select } from '../../../ui/select/select.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { lookQuery } from '../queries.js';
import { wishOf } from '../search.js';
import type { StepProps } from '../step-props.js';
import { RawRows } from './raw-rows.js';
import styles from './source-new.module.css';

const ENCODINGS = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'utf-16le',
  'shift_jis',
  'gb18030',
];
const DELIMITERS = [',', ';', '\t', '|'];

/** How the file is written: what was detected, with the evidence, each to be corrected. */
export function ReadingStep({ search, go }: StepProps) {
  const { data, error } = useQuery(lookQuery(wishOf(search)));
  const settings = useQuery(settingsQuery);
  const house = settings.data?.general.currency ?? null;
  const { currency } = search;
  useEffect(() => {
    if (currency === undefined && house !== null) go({ currency: house }); // the house's own, until somebody says otherwise
  }, [currency, house, go]);
  if (!data && !error) return <Waiting rows={6} words={say('source_new.looking')} />;
  const text = (value: string): string => (value === '\t' ? say('source_new.tab') : value);
  return (
    <div className={styles.step}>
      {error && <Refused error={error} />}
      {data && (
        <>
          <p className={styles.sum}>
            {data.recognised === null
              ? say(`source_new.kind_${data.kind}`)
              : say('source_new.recognised', { format: data.recognised })}
          </p>
          <div className={styles.settings}>
            {data.kind === 'table' && (
              <>
                <div>
                  <Select
                    label={say('source_new.encoding')}
                    value={search.encoding ?? data.encoding}
                    choices={[...new Set([data.encoding, ...ENCODINGS])].map((id) => ({ id, label: id }))}
                    onChange={(encoding) => go({ encoding })}
                  />
                  <p className={styles.note}>
                    {data.evidence === null
                      ? say('source_new.encoding_any')
                      : say('source_new.encoding_because', {
                          text: data.evidence.text,
                          row: data.evidence.row,
                        })}
                  </p>
                </div>
                <Select
                  label={say('source_new.delimiter')}
                  value={search.delimiter ?? data.delimiter ?? ','}
                  choices={[...new Set([data.delimiter ?? ',', ...DELIMITERS])].map((id) => ({
                    id,
                    label: text(id),
                  }))}
                  onChange={(delimiter) => go({ delimiter })}
                />
              </>
            )}
            <Select
              label={say('source_new.decimal')}
              value={search.decimalMark ?? '.'}
              choices={[
                { id: '.', label: say('source_new.decimal_point') },
                { id: ',', label: say('source_new.decimal_comma') },
              ]}
              onChange={(mark) => go({ decimalMark: mark === ',' ? ',' : undefined })}
            />
            <PickBox
              key={currency}
              label={say('source_new.currency')}
              help={say('source_new.currency_help')}
              choices={currencies()}
              value={currency ?? ''}
              onChange={(value) => go({ currency: value })}
            />
          </div>
          {!data.encodingCertain && <Notice tone="warning">{say('source_new.encoding_guessed')}</Notice>}
          {data.rows.length > 0 && (
            <div className={styles.step}>
              <h2>{say('source_new.as_written')}</h2>
              <p className={styles.note}>{say('source_new.first_rows', { n: count(data.rows.length) })}</p>
              <RawRows look={data} />
            </div>
          )}
        </>
      )}
      <div className={styles.actions}>
        <Button onPress={() => go({ step: 'where' })}>{say('wizard.back')}</Button>
        {data && (
          <Button
            kind="primary"
            onPress={() => go({ step: data.recognised === null ? 'meaning' : 'report' })}
          >
            {say('source_new.looks_right')}
          </Button>
        )}
      </div>
    </div>
  );
}
