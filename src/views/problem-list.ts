import type { Owner } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { OpenProblem } from '../problems/problems.js';
import type { NotedProblem, Snooze } from '../problems/snooze.js';

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
  /** Null: nobody put it off. Else as the first of them was. */
  readonly snooze: Snooze | null;
}

/** One problem of a group. */
export interface ProblemMember {
  readonly key: string;
  readonly message: string;
  readonly since: Instant;
}

const MOST_MEMBERS = 20;

/** Groups open problems: what a person must act on first, then by age. What was put off is not in a group with what was not. Pure. */
export function problemGroups(problems: readonly NotedProblem[]): ProblemGroup[] {
  const groups = new Map<string, NotedProblem[]>();
  for (const problem of problems) {
    const id = `${idOfGroup(problem)}${problem.snooze === null ? '' : ' '}`;
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [problem]);
    else known.push(problem);
  }
  return [...groups]
    .flatMap(([, members]) => groupOf(members))
    .sort((a, b) => rank(a) - rank(b) || (a.since < b.since ? -1 : Number(a.since > b.since)));
}

/** Name of the group a problem is in: its code and its channel. */
export function idOfGroup({ code, channel }: Pick<OpenProblem, 'code' | 'channel'>): string {
  return `${code}:${channel ?? ''}`;
}

function rank({ owner }: ProblemGroup): number {
  return owner === 'operator' ? 0 : 1;
}

function groupOf(problems: readonly NotedProblem[]): ProblemGroup[] {
  const members = [...problems].sort((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since)));
  const [first] = members;
  if (first === undefined) return [];
  const { code, channel, severity, message, advice, since } = first;
  const seenAt = members.map((problem) => problem.seenAt).sort()[members.length - 1] ?? first.seenAt;
  return [
    {
      id: idOfGroup(first),
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
      snooze: first.snooze,
    },
  ];
}

/** Failing calls that are only a warning are tried again without anybody; all else waits for a person. */
function ownerOf({ severity, key }: OpenProblem): Owner {
  return severity === 'warning' && key.endsWith(':calls') ? 'channel' : 'operator';
}
