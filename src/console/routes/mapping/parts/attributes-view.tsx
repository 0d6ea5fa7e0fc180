import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AttributeFills } from '../../../../api/shapes/mapping-types.js';
import type { MappingForm } from '../../../../mapping/form/form-model.js';
import { percent } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Disclosure } from '../../../ui/disclosure/disclosure.js';
import { EmptyState, LoadError, Notice } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { useSettled } from '../draft/use-draft.js';
import { fillsQuery } from '../queries.js';
import { useEnvironment } from '../words/labels.js';
import { type AttributeLine, AttributeRow } from './attribute-row.js';
import styles from './attributes.module.css';
import type { EditForm } from './edit-form.js';

interface Props {
  readonly channel: string;
  /** The last text that loads: fills are counted for it. */
  readonly text: string;
  readonly form: MappingForm | null;
  /** The mapping below this one; null: it cannot be shown as a form. */
  readonly below: MappingForm | null;
  readonly find: string | undefined;
  onFind(text: string): void;
  readonly edit: EditForm;
  readonly whyNot: string | null;
}

const SETTLED_MS = 1_000;
/** More than so many are shown only when asked for. */
const MANY = 30;

/** Every attribute the channel knows: how it is filled, for how many, what is wrong. Missing required ones first. */
export function AttributesView({ channel, text, form, below, find, onFind, edit, whyNot }: Props) {
  const environment = useEnvironment();
  const query = useQuery(fillsQuery(channel, useSettled(text, SETTLED_MS)));
  const [open, setOpen] = useState<string | null>(find ?? null);
  if (form === null) return <Notice tone="warning">{say('mapping.no_form')}</Notice>;
  if (environment === null) return <Waiting rows={8} />;
  const fills = query.data;
  const lines = linesOf({ form, below, fills, environment }).filter(({ name }) =>
    name.toLowerCase().includes((find ?? '').toLowerCase()),
  );
  const idle = lines.filter(isIdle);
  const used = lines.filter((line) => !isIdle(line));
  return (
    <div className={styles.view}>
      {query.error && !fills && <LoadError error={query.error} retry={() => void query.refetch()} />}
      <div className={styles.bar}>
        <input
          type="search"
          className={styles.find}
          aria-label={say('mapping.find_attribute')}
          placeholder={say('mapping.find_attribute')}
          value={find ?? ''}
          onChange={(event) => onFind(event.target.value)}
        />
        {fills && <span className={styles.dim}>{say('mapping.sampled', { n: fills.listings })}</span>}
      </div>
      {lines.length === 0 && <EmptyState title={say('mapping.no_attribute_found', { text: find ?? '' })} />}
      {used.length > 0 && (
        <AttributeTable lines={used} {...{ channel, fills, open, setOpen, edit, whyNot }} />
      )}
      {idle.length > 0 && (
        <Disclosure
          key={find ?? ''}
          summary={say('mapping.idle', { n: idle.length })}
          startOpen={used.length === 0 && idle.length < MANY}
        >
          <AttributeTable lines={idle} {...{ channel, fills, open, setOpen, edit, whyNot }} />
        </Disclosure>
      )}
    </div>
  );
}

interface TableProps extends Pick<Props, 'channel' | 'edit' | 'whyNot'> {
  readonly lines: readonly AttributeLine[];
  readonly fills: AttributeFills | undefined;
  readonly open: string | null;
  setOpen(name: string | null): void;
}

function AttributeTable({ channel, lines, fills, open, setOpen, edit, whyNot }: TableProps) {
  return (
    <table className={styles.table}>
      <caption className={styles.unseen}>{say('mapping.attributes_of', { channel })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('listing.attribute')}</th>
          <th scope="col">{say('mapping.filled_by')}</th>
          <th scope="col">{say('mapping.filled')}</th>
          <th scope="col">{say('mapping.layer')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <AttributeRow
            key={line.name}
            line={line}
            share={shareOf(line, fills)}
            open={open === line.name}
            onOpen={(on) => setOpen(on ? line.name : null)}
            edit={edit}
            whyNot={whyNot}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Optional, and neither the mapping nor a rule fills it. */
function isIdle({ required, own, below, fill }: AttributeLine): boolean {
  return !required && own === undefined && below === undefined && (fill?.filled ?? 0) === 0;
}

function shareOf({ fill }: AttributeLine, fills: AttributeFills | undefined): string | null {
  if (fills === undefined || fills.listings === 0) return null;
  return percent((fill?.filled ?? 0) / fills.listings);
}

interface Facts {
  readonly form: MappingForm;
  readonly below: MappingForm | null;
  readonly fills: AttributeFills | undefined;
  readonly environment: NonNullable<ReturnType<typeof useEnvironment>>;
}

function linesOf({ form, below, fills, environment }: Facts): readonly AttributeLine[] {
  const known = new Map(environment.attributes.map((attribute) => [attribute.name, attribute]));
  const named = [...form.attributes, ...(below?.attributes ?? [])].map(({ name }) => name);
  const filled = (fills?.attributes ?? []).map(({ name }) => name);
  const lines = [...new Set([...known.keys(), ...named, ...filled])].map(
    (name): AttributeLine => ({
      name,
      required: known.get(name)?.required ?? false,
      doc: known.get(name)?.doc ?? null,
      own: form.attributes.find((each) => each.name === name),
      below: below?.attributes.find((each) => each.name === name),
      fill: fills?.attributes.find((each) => each.name === name),
    }),
  );
  const rank = ({ required, fill, own, below: under }: AttributeLine): number => {
    if (fills !== undefined && required && (fill?.filled ?? 0) === 0) return 0;
    if ((fill?.errors ?? 0) > 0) return 1;
    if (required) return 2;
    return own !== undefined || under !== undefined || (fill?.filled ?? 0) > 0 ? 3 : 4;
  };
  return lines.sort((a, b) => rank(a) - rank(b));
}
