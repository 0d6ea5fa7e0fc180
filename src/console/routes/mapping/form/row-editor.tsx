import type { ConditionRow, Operator, RowValue } from '../../../../mapping/form/form-model.js';
import { type RowEdit, writeRow } from '../../../../mapping/form/write-expression.js';
import { say } from '../../../strings/say.js';
import { ComboBox } from '../../../ui/combo-box/combo-box.js';
import { Select } from '../../../ui/select/select.js';
import { keyOf } from '../words/condition-words.js';
import { fieldChoices, useEnvironment, valueChoices } from '../words/labels.js';
import styles from './form.module.css';

interface Props {
  readonly row: ConditionRow;
  onChange(text: string): void;
}

const TEXT: readonly Operator[] = [
  'is',
  'one of',
  'contains',
  'starts with',
  'ends with',
  'mentions',
  'mentions any of',
  'matches',
  'in category',
  'present',
  'blank',
];
const ORDERED: readonly Operator[] = ['is', 'above', 'from', 'below', 'up to', 'between', 'present', 'blank'];
const YES: readonly Operator[] = ['yes', 'present'];
const LISTS: ReadonlySet<Operator> = new Set(['one of', 'mentions any of']);
const BARE: ReadonlySet<Operator> = new Set(['present', 'blank', 'yes']);

function operatorsOf(type: string | undefined): readonly Operator[] {
  if (type === undefined) return [...new Set([...TEXT, ...ORDERED, ...YES])];
  if (/bool/.test(type)) return YES;
  return /number|int|money|measure|date|double/.test(type) ? ORDERED : TEXT;
}

/** One question about a product: field, operator, value. */
export function RowEditor({ row, onChange }: Props) {
  const environment = useEnvironment();
  const type = environment?.fields.find(({ path }) => path === row.field)?.type;
  const operators = [...new Set([...operatorsOf(type), row.operator])];
  const put = (changed: Partial<RowEdit>): void => {
    const { start: _start, end: _end, text: _text, ...known } = row;
    const written = writeRow(completed({ ...known, ...changed }));
    if (written !== null && written !== row.text) onChange(written);
  };
  return (
    <>
      <div className={styles.field}>
        <ComboBox
          bare
          free
          label={say('mapping.field')}
          value={row.field}
          choices={fieldChoices(environment, row.field)}
          onChange={(field) =>
            put(fresh(field, environment?.fields.find(({ path }) => path === field)?.type))
          }
        />
      </div>
      <div className={styles.operator}>
        <Select
          bare
          label={say('mapping.operator')}
          value={`${row.negated ? 'not ' : ''}${row.operator}`}
          choices={operators.flatMap((operator) => [
            { id: operator, label: say(`op.${keyOf(operator)}`) },
            { id: `not ${operator}`, label: say(`op.not.${keyOf(operator)}`) },
          ])}
          onChange={(id) =>
            put({ negated: id.startsWith('not '), operator: id.replace(/^not /, '') as Operator })
          }
        />
      </div>
      {!BARE.has(row.operator) && (
        <div className={styles.value}>
          <ComboBox
            bare
            free
            label={say('mapping.value')}
            value={row.values.map(shownValue).join(', ')}
            choices={LISTS.has(row.operator) ? [] : valueChoices(environment, row.field)}
            onChange={(text) => put({ values: valuesIn(text, row) })}
          />
        </div>
      )}
    </>
  );
}

/** Another field: what was asked of the one before rarely fits. */
function fresh(field: string, type: string | undefined): Partial<RowEdit> {
  if (type !== undefined && /bool/.test(type))
    return { field, operator: 'yes', values: [], negated: false, money: false };
  const money = type !== undefined && /money/.test(type);
  return { field, operator: 'present', values: [], negated: false, money };
}

/** An operator that wants a value gets one to begin with. */
function completed(row: RowEdit): RowEdit {
  const { operator, values, money } = row;
  if (BARE.has(operator)) return { ...row, values: [] };
  const first = values[0] ?? (money ? '0.00 USD' : ORDERED.includes(operator) && operator !== 'is' ? 0 : '');
  if (operator === 'between') return { ...row, values: [first, values[1] ?? first] };
  return { ...row, values: LISTS.has(operator) && values.length > 0 ? values : [first] };
}

function shownValue(value: RowValue): string {
  return typeof value === 'object' ? value.field : String(value);
}

/** What somebody typed, of the kind that stood there: numbers stay numbers, texts stay texts. */
function valuesIn(text: string, { values, operator, money }: ConditionRow): readonly RowValue[] {
  const [known] = values;
  const one = (typed: string): RowValue => {
    if (typeof known === 'object') return { field: typed };
    if (money) return typed;
    const isNumber = typed !== '' && Number.isFinite(Number(typed));
    if (typeof known === 'number' && isNumber) return Number(typed);
    return ORDERED.includes(operator) && operator !== 'is' && isNumber ? Number(typed) : typed;
  };
  const several = LISTS.has(operator) || operator === 'between';
  return (several ? text.split(',').map((part) => part.trim()) : [text]).map(one);
}
