import { DelayedError, type Job, Worker } from 'bullmq';
import type { Log } from '../channel/connector.js';
import { backoffMs } from '../domain/backoff.js';
import type { BullWake, BullWakes } from './bull-wakes.js';
import { type JobHandlers, type QueuePolicy, reasonOf } from './job-queue.js';

/** What a worker of the Redis queue works with. */
export interface BullWorkerParts {
  readonly address: string;
  readonly prefix: string;
  readonly wakes: BullWakes;
  readonly log: Log;
  readonly policy: QueuePolicy;
  readonly handlers: JobHandlers;
  readonly concurrency: number;
  readonly stop: AbortSignal;
}

const NOT_MINE_MS = 500;

/** Runs handlers until told to stop; then waits for those under way, tells them to end, and at last leaves them. */
export async function runBullWorker(parts: BullWorkerParts): Promise<void> {
  const { policy, log, wakes, stop } = parts;
  const forced = new AbortController();
  const worker = new Worker<BullWake>(
    'wakes',
    (job, token, signal) => run({ ...parts, forced }, job, { token, signal }),
    {
      connection: { url: parts.address, maxRetriesPerRequest: null },
      prefix: parts.prefix,
      concurrency: parts.concurrency,
      lockDuration: policy.leaseMs,
      stalledInterval: Math.ceil(policy.leaseMs / 2),
      maxStalledCount: policy.crashes - 1,
      skipVersionCheck: true,
      settings: { backoffStrategy: (failures: number) => Math.round(backoffMs(failures - 1, Math.random())) },
    },
  );
  worker.on('completed', (job) => {
    wakes
      .ended(job.data)
      .catch((error: unknown) =>
        log.warn({ reason: reasonOf(error) }, 'a bell was not rung; the sweep rings it'),
      );
  });
  worker.on('failed', (job, error) => {
    const facts = {
      job: job?.data.job,
      key: job?.data.key,
      reason: error.message,
      attempt: job?.attemptsMade,
    };
    if (job?.finishedOn === undefined) log.warn(facts, 'failed; tried again later');
    else log.error(facts, 'gave up; retry it when the cause is gone');
  });
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id, 'the lease was lost');
  });
  worker.on('error', (error) =>
    log.warn({ reason: reasonOf(error) }, 'the Redis queue has a fault; trying again'),
  );
  await aborted(stop);
  await finish(worker, forced, parts);
}

type RunParts = BullWorkerParts & { readonly forced: AbortController };

async function run(
  parts: RunParts,
  job: Job<BullWake>,
  held: { token: string | undefined; signal: AbortSignal | undefined },
): Promise<void> {
  const { wakes, handlers, forced } = parts;
  const handler = Object.hasOwn(handlers, job.data.job) ? handlers[job.data.job] : undefined;
  if (!handler) return putBack(job, held.token, NOT_MINE_MS);
  await wakes.begun(job.data);
  const signals = held.signal ? [forced.signal, held.signal] : [forced.signal];
  try {
    const result = await handler(job.data.key, AbortSignal.any(signals));
    if (result) await wakes.later(job.data, Date.now() + Math.max(0, result.againInMs));
  } catch (error) {
    if (forced.signal.aborted) return putBack(job, held.token, 0);
    throw new Error(reasonOf(error), { cause: error });
  }
}

/** Gives a key back without counting a failure. */
async function putBack(job: Job<BullWake>, token: string | undefined, delayMs: number): Promise<never> {
  await job.moveToDelayed(Date.now() + delayMs, token);
  throw new DelayedError();
}

async function finish(
  worker: Worker,
  forced: AbortController,
  { policy, log }: BullWorkerParts,
): Promise<void> {
  const tell = setTimeout(() => forced.abort(new Error('the process stops')), policy.graceMs);
  const leave = setTimeout(() => {
    log.error({}, 'handlers did not stop; their keys run again when the leases run out');
    void worker.close(true);
  }, policy.graceMs * 2);
  await worker.close();
  clearTimeout(tell);
  clearTimeout(leave);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
