import type { Owner } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { OpenProblem } from '../problems/problems.js';

/** Problems of one kind on one channel, as one line. */
export interface ProblemGroup {
  /** Stable: names the group in addresses. */
  readonly id: string;
  readonly code: string;
  /** Null: of the house, not of a channel. */
  readonly channel: string | null;
  /** `operator`: a person must act · `channel`: it heals by itself. */
  readonly owner: Owner;
  readonly severity: OpenProblem['severity'];
  /** Of the oldest. */
  readonly message: string;
  readonly advice: string;
  readonly since: Instant;
  readonly seenAt: Instant;
  readonly count: number;
  /** Single problems, oldest first, at most twenty. */
  readonly members: readonly ProblemMember[];
}

/** One problem of a group. */
export interface ProblemMember {
  readonly key: string;
  readonly message: string;
  readonly since: Instant;
}

const MOST_MEMBERS = 20;

/** Groups open problems: what a person must act on first, then by age. Pure. */
export function problemGroups(problems: readonly OpenProblem[]): ProblemGroup[] {
  const groups = new Map<string, OpenProblem[]>();
  for (const problem of problems) {
    const id = `${problem.code}:${problem.channel ?? ''}`;
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [problem]);
    else known.push(problem);
  }
  return [...groups]
    .flatMap(([id, members]) => groupOf(id, members))
    .sort((a, b) => rank(a) - rank(b) || (a.since < b.since ? -1 : Number(a.since > b.since)));
}

function rank({ owner }: ProblemGroup): number {
  return owner === 'operator' ? 0 : 1;
}

function groupOf(id: string, problems: readonly OpenProblem[]): ProblemGroup[] {
  const members = [...problems].sort((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since)));
  const [first] = members;
  if (first === undefined) return [];
  const { code, channel, severity, message, advice, since } = first;
  const seenAt = members.map((problem) => problem.seenAt).sort()[members.length - 1] ?? first.seenAt;
  return [
    {
      id,
      code,
      channel,
      owner: ownerOf(first),
      severity,
      message,
      advice,
      since,
      seenAt,
      count: members.length,
      members: members.slice(0, MOST_MEMBERS).map((problem) => ({
        key: problem.key,
        message: problem.message,
        since: problem.since,
      })),
    },
  ];
}

/** Failing calls that are only a warning are tried again without anybody; all else waits for a person. */
function ownerOf({ severity, key }: OpenProblem): Owner {
  return severity === 'warning' && key.endsWith(':calls') ? 'channel' : 'operator';
}
