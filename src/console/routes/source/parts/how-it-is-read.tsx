import type { Setup } from '../../../../api/shapes/setup.js';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Card } from '../../../ui/card/card.js';
import { Code } from '../../../ui/code/code.js';
import { type Fact, FactList } from '../../../ui/fact-list/fact-list.js';
import { Notice } from '../../../ui/notice/notice.js';
import styles from './source.module.css';

/** What is told of how a source is read, in this order. */
const MEMBERS = [
  'path',
  'url',
  'channel',
  'role',
  'format',
  'mapping',
  'encoding',
  'delimiter',
  'decimalMark',
  'currency',
  'location',
] as const;

/** How a source is read: what somebody said; everything else is detected with every import. */
export function HowItIsRead({ setup }: { readonly setup: Setup }) {
  const { values, mistakes, state, changedAt, changedBy } = setup;
  const facts = MEMBERS.flatMap((member): Fact[] => {
    const value = values[member];
    return typeof value === 'string'
      ? [[say(`source.${member}`), <Code key={member}>{shown(member, value)}</Code>]]
      : [];
  });
  const { columns } = values;
  const chosen =
    typeof columns === 'object' && columns !== null && !Array.isArray(columns)
      ? Object.entries(columns).filter(([, column]) => typeof column === 'string')
      : [];
  return (
    <Card title={say('source.how')}>
      <div className={styles.page}>
        {mistakes.length > 0 && (
          <Notice tone="problem">
            <ul className={styles.mistakes}>
              {mistakes.map(({ pointer, message, advice }) => (
                <li key={`${pointer} ${message}`}>
                  <Code>{pointer}</Code> {message} {advice}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <FactList
          facts={[
            ...facts,
            ...(chosen.length === 0
              ? []
              : [
                  [
                    say('source.columns'),
                    chosen.map(([field, column]) => `${field} ← ${String(column)}`).join(' · '),
                  ] as const,
                ]),
            [
              say('source.set_up'),
              state === 'file'
                ? say('source.in_file')
                : say('source.by', { by: changedBy ?? '', at: changedAt === null ? '' : moment(changedAt) }),
            ],
          ]}
        />
      </div>
    </Card>
  );
}

/** A file that was handed over has no name worth showing. */
function shown(member: (typeof MEMBERS)[number], value: string): string {
  if (member === 'path' && value.startsWith('omnifeed-data/uploads/')) return say('source.handed_over');
  return member === 'delimiter' && value === '\t' ? say('source_new.tab') : value;
}
