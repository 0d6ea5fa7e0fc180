import type { FaultRow } from '../fault-row.js';

/** Rows 24 to 34: processes, disks, the database, Redis and time. */
export const MACHINE: readonly FaultRow[] = [
  {
    row: 24,
    fault: 'The process is killed at any instruction',
    guard:
      'What is about to be sent is written before the call; unanswered, it is sent again once patience is over',
    test: {
      file: 'test/sync/engine.test.ts',
      title:
        'repeats a change whose process died between the intention and the answer, once patience is over',
      suite: 'the sync engine \\(SQLite\\)',
    },
    without: {
      file: 'src/sync/intention.ts',
      text: 'attention_at: intention.patienceUntil,',
      replacement: 'attention_at: null,',
    },
    also: ['npm run chaos', 'test/queue/sql-queue.test.ts', 'test/sync/killed.test.ts'],
  },
  {
    row: 25,
    fault: 'The power fails',
    guard: 'A commit is on the disk before it is acknowledged, and the settings for that are read back',
    test: {
      file: 'test/db/database.test.ts',
      title: 'reads back settings under which a commit is on disk before it is acknowledged',
      suite: '.*\\(SQLite\\)',
    },
    without: {
      file: 'src/db/sqlite.ts',
      text: "['synchronous', 'FULL'],",
      replacement: "['synchronous', 'NORMAL'],",
    },
  },
  {
    row: 26,
    fault: 'The disk is full',
    guard:
      'Everything that belongs together is one transaction: it is taken back whole, and the next one goes through',
    test: {
      file: 'test/faults/disk-full.test.ts',
      title: 'takes no half page of orders, and every one of them once there is room',
    },
    without: {
      file: 'src/db/sqlite.ts',
      text: "  await beginImmediate(connection);\n  const mark = large.mark();\n  try {\n    const result = await work();\n    await large.prepare(mark);\n    connection.exec('COMMIT');\n",
      replacement:
        '  const mark = large.mark();\n  try {\n    const result = await work();\n    await large.prepare(mark);\n',
    },
  },
  {
    row: 27,
    fault: 'The database is locked by another process',
    guard: 'Every writing transaction takes the lock when it begins and waits for it',
    test: {
      file: 'test/faults/one-writer.test.ts',
      title: 'lose no update, and none of them is told that the file is busy',
    },
    without: {
      file: 'src/db/sqlite.ts',
      text: "connection.exec('BEGIN IMMEDIATE');",
      replacement: "connection.exec('BEGIN');",
    },
    also: ['test/db/database.test.ts'],
  },
  {
    row: 28,
    fault: 'Redis is down',
    guard: 'What could not be sent is kept and sent when it is back; the tables know everything anyway',
    test: {
      file: 'test/faults/redis.test.ts',
      title: 'that is down takes no wake away: those of before, during and after run once it is back',
    },
    without: {
      file: 'src/queue/bull-queue.ts',
      text: 'kept.set(name, { wake, dueMs: Math.min(dueMs, known?.dueMs ?? dueMs) });',
      replacement: '',
    },
  },
  {
    row: 29,
    fault: 'Redis evicts, or is flushed',
    guard:
      'Bells of wanted keys are rung again at the start and every thirty seconds; after a flush the sweep wakes all',
    test: {
      file: 'test/faults/redis.test.ts',
      title: 'that lost the bells of wanted keys has them rung again',
    },
    without: { file: 'src/queue/bull-queue.ts', text: 'await wakes.ringAll();', replacement: '' },
  },
  {
    row: 30,
    fault: 'Redis fails over to its copy',
    guard: 'A connection that was lost is made again, and then everything kept is sent, without a restart',
    test: {
      file: 'test/faults/redis.test.ts',
      title: 'that was replaced by its copy is worked from on, by the same process',
    },
    without: {
      file: 'src/queue/bull-queue.ts',
      text: 'if (told || lost) back();',
      replacement: '',
    },
  },
  {
    row: 31,
    fault: 'Two schedulers run at once',
    guard: 'A tick is a row of schedule and instant: whoever writes it wakes the job',
    test: {
      file: 'test/queue/schedule.test.ts',
      title: 'lets three schedulers fire a tick once',
      suite: 'running schedules \\(SQLite\\)',
    },
    without: { file: 'src/queue/schedule.ts', text: 'return written > 0;', replacement: 'return true;' },
  },
  {
    row: 32,
    fault: 'A worker is paused longer than its lease',
    guard: 'Nothing is written about a key without the token it was claimed with',
    test: {
      file: 'test/faults/zombie.test.ts',
      title: 'does not take the key away from the one who has it now',
      suite: '.*\\(SQLite\\)',
    },
    without: {
      file: 'src/queue/wake-rows.ts',
      text: 'WHERE job = ? AND wake_key = ? AND lease = ?`,\n    [again ?? LAST_INSTANT',
      replacement: "WHERE job = ? AND wake_key = ? AND ? <> ''`,\n    [again ?? LAST_INSTANT",
    },
    also: ['test/orders/place.test.ts', 'test/sync/engine.test.ts'],
  },
  {
    row: 33,
    fault: 'The clocks change, or the day is rare',
    guard:
      'Schedules are kept in their own zone: a skipped time comes as soon as there is one, a doubled one once',
    test: {
      file: 'test/faults/calendar.test.ts',
      title: 'in %s at %s fires once on %s: at that time, or as soon after it as there is a time',
    },
    without: {
      file: 'src/queue/schedule.ts',
      text: 'timezone: schedule.zone, paused: true }).nextRun(',
      replacement: "timezone: 'UTC', paused: true }).nextRun(",
    },
    also: ['test/queue/schedule.test.ts'],
  },
  {
    row: 34,
    fault: 'A job fails whenever it runs',
    guard: 'After five failures or two deaths it rests as dead, with its reason, and its neighbours go on',
    test: {
      file: 'test/contract/queue.ts',
      title: 'gives up on a poison key after five failures, names the reason, and serves its neighbours',
      runs: 'test/queue/sql-queue.test.ts',
      suite: '.*SQLite',
    },
    without: {
      file: 'src/queue/wake-rows.ts',
      text: "const state = attempts >= failure.policy.attempts ? 'dead' : 'waiting';",
      replacement: "const state: 'dead' | 'waiting' = 'waiting';",
    },
    also: ['test/queue/bull-queue.test.ts'],
  },
];
