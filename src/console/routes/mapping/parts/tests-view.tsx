import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TestReport } from '../../../../api/shapes/mapping-types.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Diff } from '../../../ui/diff/diff.js';
import { Refused } from '../../../ui/form/form.js';
import { textOf } from '../../../ui/json-value/text-of.js';
import { EmptyState, LoadError } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { testFileQuery, testsQuery } from '../queries.js';
import { acceptValue } from '../writes.js';
import styles from './tests.module.css';

interface Props {
  readonly channel: string;
  readonly text: string;
  readonly faulty: boolean;
  readonly whyNot: string | null;
}

/** How the tests of the mapping end on the draft: those that fail first, with what was expected and what came. */
export function TestsView({ channel, text, faulty, whyNot }: Props) {
  const query = useQuery({ ...testsQuery(channel, text), enabled: !faulty });
  const { data, error } = query;
  if (faulty) return <EmptyState title={say('mapping.tests_faulty')} />;
  if (error) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting rows={4} words={say('mapping.tests_running')} />;
  if (data.results.length === 0 && data.diagnostics.length === 0)
    return <EmptyState title={say('mapping.no_tests')}>{say('mapping.no_tests_text')}</EmptyState>;
  const failed = data.results.filter(({ differences }) => differences.length > 0);
  const passed = data.results.filter(({ differences }) => differences.length === 0);
  return (
    <div className={styles.view}>
      <p role="status" className={styles.sum}>
        {say('mapping.tests_sum', { passed: data.passed, failed: data.failed })}
      </p>
      {data.diagnostics.map(({ line, message }) => (
        <p key={`${line} ${message}`} className={styles.fault}>
          {say('mapping.test_fault', { line, message })}
        </p>
      ))}
      <ul className={styles.list}>
        {[...failed, ...passed].map((result) => (
          <TestLine key={result.name} result={result} channel={channel} text={text} whyNot={whyNot} />
        ))}
      </ul>
    </div>
  );
}

interface LineProps extends Pick<Props, 'channel' | 'text' | 'whyNot'> {
  readonly result: TestReport['results'][number];
}

function TestLine({ result, channel, text, whyNot }: LineProps) {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const { name, differences } = result;
  const accept = async (attribute: string): Promise<void> => {
    setError(null);
    try {
      await acceptValue(channel, { test: name, name: attribute, text });
    } catch (problem) {
      setError(problem);
    }
    await client.invalidateQueries({ queryKey: ['mapping', channel, 'tests'] });
    await client.invalidateQueries({ queryKey: testFileQuery(channel).queryKey });
  };
  return (
    <li className={styles.test} data-failed={differences.length > 0 ? '' : undefined}>
      <p className={styles.name}>
        <span className={styles.mark}>
          {differences.length > 0 ? say('mapping.test_fails') : say('mapping.test_passes')}
        </span>{' '}
        <bdi>{name}</bdi>
      </p>
      {error !== null && <Refused error={error} />}
      {differences.map(({ name: attribute, expected, got }) => (
        <div key={attribute} className={styles.difference}>
          <code dir="ltr">{attribute}</code>
          <span>
            <span className={styles.dim}>{say('mapping.expected_got')}</span>{' '}
            <Diff before={textOrNull(expected)} after={textOrNull(got)} />
          </span>
          <Button whyNot={whyNot} onPress={() => void accept(attribute)}>
            {say('mapping.accept_value')}
          </Button>
        </div>
      ))}
    </li>
  );
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : textOf(value);
}
