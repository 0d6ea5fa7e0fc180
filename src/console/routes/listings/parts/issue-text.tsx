import { say } from '../../../strings/say.js';
import { Code } from '../../../ui/code/code.js';
import type { Issue } from '../queries.js';
import styles from './issue-text.module.css';

/** A complaint: what is wrong, what to do, whose words they are. The channel's own stay in a quote box. */
export function IssueText({ issue, channel }: { readonly issue: Issue; readonly channel: string }) {
  const { severity, origin, message, advice, code, attribute, link } = issue;
  return (
    <article className={`${styles.issue} ${styles[severity]}`}>
      <p className={styles.head}>
        <strong>{say(`severity.${severity}`)}</strong>
        {attribute !== undefined && <Code>{attribute}</Code>}
        <span className={styles.origin}>
          {origin === 'ours' ? say('issue.ours') : say('issue.theirs', { channel })}
        </span>
      </p>
      {origin === 'channel' ? (
        <blockquote className={styles.quote} dir="auto">
          {message}
        </blockquote>
      ) : (
        <p>
          <bdi>{message}</bdi>
        </p>
      )}
      {advice !== undefined && <p className={styles.advice}>{advice}</p>}
      <p className={styles.foot}>
        <Code>{code}</Code>
        {link !== undefined && (
          <a href={link} target="_blank" rel="noreferrer noopener">
            {say('issue.link', { channel })}
          </a>
        )}
      </p>
    </article>
  );
}
