import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { Checked, Finding, Preview } from '../../../../api/shapes/mapping-types.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Notice } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import styles from '../code/code.module.css';
import { useEnvironment } from '../words/labels.js';

const CodeEditor = lazy(async () => ({ default: (await import('../code/code-editor.js')).CodeEditor }));

interface Props {
  readonly channel: string;
  readonly document: string;
  readonly text: string;
  readonly checked: Checked | undefined;
  readonly whyNot: string | null;
  readonly sku: string | undefined;
  readonly line: number | undefined;
  onChange(text: string): void;
  onLine(line: number): void;
}

/** The text itself, with everything that was found out about it below. */
export function CodeView({ channel, document, text, checked, whyNot, sku, line, onChange, onLine }: Props) {
  const narrow = useNarrow();
  const environment = useEnvironment();
  const findings = checked?.diagnostics ?? [];
  const own = findings.filter(({ file }) => file === document);
  const values = useValues(channel, sku);
  return (
    <div className={styles.view}>
      {narrow && <Notice tone="note">{say('code.narrow')}</Notice>}
      {whyNot !== null && <Notice tone="note">{whyNot}</Notice>}
      <Suspense fallback={<Waiting rows={10} />}>
        <CodeEditor
          text={text}
          findings={own}
          facts={{ environment, values }}
          readOnly={narrow || whyNot !== null}
          line={line}
          onChange={onChange}
        />
      </Suspense>
      <p className={styles.help}>{say('code.help')}</p>
      <Findings findings={findings} document={document} onLine={onLine} />
    </div>
  );
}

/** What the product of the preview gave the fields; empty until it was looked at. */
function useValues(channel: string, sku: string | undefined): Readonly<Record<string, unknown>> {
  const client = useQueryClient();
  const seen = client
    .getQueriesData<Preview>({ queryKey: ['mapping', channel, 'preview', sku] })
    .map(([, preview]) => preview?.listing?.values)
    .findLast((values) => values !== undefined);
  return seen ?? {};
}

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly document: string;
  onLine(line: number): void;
}

/** Errors and warnings as a list: each leads to its line. */
export function Findings({ findings, document, onLine }: FindingsProps) {
  if (findings.length === 0) return <p role="status">{say('code.in_order')}</p>;
  return (
    <ul className={styles.findings} aria-label={say('code.findings')}>
      {findings.map((finding) => (
        <li
          key={`${finding.file} ${finding.line} ${finding.column} ${finding.code}`}
          className={styles.finding}
          data-severity={finding.severity}
        >
          <p>
            <strong>{say(`severity.${finding.severity}`)}</strong> <bdi>{finding.message}</bdi>
          </p>
          <p className={styles.place}>
            {finding.file === document ? (
              <Button kind="quiet" onPress={() => onLine(finding.line)}>
                {say('code.line', { line: finding.line })}
              </Button>
            ) : (
              <code dir="ltr">{`${finding.file}:${finding.line}`}</code>
            )}
            {finding.hint !== undefined && <bdi>{finding.hint}</bdi>}
          </p>
        </li>
      ))}
    </ul>
  );
}

const NARROW = '(width < 720px)';

/** Whether this is a telephone: code is looked at there, and edited as rules. */
function useNarrow(): boolean {
  return useSyncExternalStore(
    (watch) => {
      const media = matchMedia(NARROW);
      media.addEventListener('change', watch);
      return () => media.removeEventListener('change', watch);
    },
    () => matchMedia(NARROW).matches,
  );
}
