import { useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { Plus, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { LookupDiff, LookupSheet } from '../../../../api/shapes/mapping-types.js';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Refused } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { SearchField } from '../../../ui/text-field/text-field.js';
import { remark } from '../../../ui/toast/toast.js';
import styles from '../lookup.module.css';
import { diffOf, lookupQuery, saveTable } from '../queries.js';
import type { LookupSearch } from '../search.js';
import { csvOf, type Rows, withBlock } from '../sheet.js';
import { DiffDialog } from './diff-dialog.js';
import { Grid } from './grid.js';
import { MissingKeys } from './missing-keys.js';

interface Props {
  readonly sheet: LookupSheet;
  readonly channel: string;
  readonly search: LookupSearch;
}

/** The table as a grid; nothing is saved before what changes was seen. */
export function Sheet({ sheet, channel, search }: Props) {
  const { name, columns, version } = sheet;
  const client = useQueryClient();
  const navigate = useNavigate();
  const whyNot = useWhyNot()('mappings:write');
  const [rows, setRows] = useState<Rows>(sheet.rows);
  const [past, setPast] = useState<readonly Rows[]>([]);
  const [asked, setAsked] = useState<{ readonly csv: string; readonly diff: LookupDiff } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const changed = past.length > 0;
  useBlocker({
    shouldBlockFn: () => changed && !window.confirm(say('lookups.leave')),
    enableBeforeUnload: () => changed,
  });
  const put = (next: Rows): void => {
    setPast((before) => [...before, rows].slice(-100));
    setRows(next);
  };
  const look = async (csv: string): Promise<void> => {
    setError(null);
    try {
      setAsked({ csv, diff: await diffOf(channel, name, csv) });
    } catch (problem) {
      setError(problem);
    }
  };
  const save = async (csv: string): Promise<void> => {
    setAsked(null);
    try {
      const saved = await saveTable(channel, name, { csv, version });
      setPast([]);
      remark({ text: say('lookups.saved', { n: saved.version }) });
      await client.invalidateQueries({ queryKey: lookupQuery(channel, name).queryKey });
      await client.invalidateQueries({ queryKey: ['environment', channel] });
    } catch (problem) {
      setError(problem);
    }
  };
  const go = (next: Partial<LookupSearch>): void =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...next }) as never, replace: true });
  return (
    <div className={styles.sheet}>
      {error !== null && <Refused error={error} />}
      {sheet.problems.map(({ line, message }) => (
        <Notice key={line} tone="warning">
          {say('lookups.problem', { line, message })}
        </Notice>
      ))}
      <MissingKeys
        missing={sheet.missing}
        whyNot={whyNot}
        onAdd={(key) => put([[key, ...columns.slice(1).map(() => '')], ...rows])}
      />
      <div className={styles.bar}>
        <SearchField
          label={say('lookups.find')}
          value={search.find ?? ''}
          onChange={(find) => go({ find: find || undefined, at: undefined })}
        />
        <Button
          icon={<Plus size={16} />}
          whyNot={whyNot}
          onPress={() => put([columns.map(() => ''), ...rows])}
        >
          {say('lookups.add')}
        </Button>
        <label className={styles.file}>
          {say('lookups.import')}
          <input
            type="file"
            accept=".csv,text/csv"
            disabled={whyNot !== null}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void file.text().then(look);
              event.target.value = '';
            }}
          />
        </label>
        {changed && (
          <>
            <Button
              kind="quiet"
              icon={<Undo2 size={16} />}
              onPress={() => {
                setRows(past.at(-1) ?? rows);
                setPast(past.slice(0, -1));
              }}
            >
              {say('common.undo')}
            </Button>
            <Button kind="primary" whyNot={whyNot} onPress={() => void look(csvOf(columns, rows))}>
              {say('lookups.review')}
            </Button>
          </>
        )}
      </div>
      <Grid
        name={name}
        columns={columns}
        rows={rows}
        find={search.find ?? ''}
        at={search.at ?? 0}
        readOnly={whyNot !== null}
        onPage={(at) => go({ at: at === 0 ? undefined : at })}
        onBlock={(block, place) => put(withBlock(rows, block, { ...place, columns: columns.length }))}
        onRemove={(at) => put(rows.filter((_row, place) => place !== at))}
      />
      {asked && (
        <DiffDialog diff={asked.diff} onSave={() => void save(asked.csv)} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}
