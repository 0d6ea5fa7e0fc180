import type { HttpClient, HttpReply } from '../channel/http.js';
import { type Clock, epochMs } from '../domain/instant.js';
import type { JobHandler, JobHandlers } from '../queue/job-queue.js';
import type { CallOutcome, Meters } from './meters.js';

/** The same client, counted for a channel. */
export function meteredHttp(
  http: HttpClient,
  channel: string,
  { meters, clock }: { readonly meters: Meters; readonly clock: Clock },
): HttpClient {
  return {
    async send(request) {
      const begun = clock.monotonicMs();
      const told = (outcome: CallOutcome, skewMs: number | null): void =>
        meters.channelCall({ channel, outcome, seconds: (clock.monotonicMs() - begun) / 1_000, skewMs });
      try {
        const reply = await http.send(request);
        told(outcomeOf(reply.status), skewOf(reply, clock));
        return reply;
      } catch (error) {
        told('no-answer', null);
        throw error;
      }
    },
  };
}

function outcomeOf(status: number): CallOutcome {
  if (status === 429) return 'throttled';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}

/** A Date header has whole seconds: half a second is the middle. */
function skewOf({ headers }: HttpReply, clock: Clock): number | null {
  const theirs = Date.parse(headers.date ?? '');
  return Number.isNaN(theirs) ? null : epochMs(clock.now()) - (theirs + 500);
}

/** The same handlers, counted. */
export function meteredJobs(
  handlers: JobHandlers,
  { meters, clock }: { readonly meters: Meters; readonly clock: Clock },
): JobHandlers {
  const counted = ([job, handler]: [string, JobHandler]): [string, JobHandler] => [
    job,
    async (key, signal) => {
      const begun = clock.monotonicMs();
      const told = (failed: boolean): void =>
        meters.jobRun({ job, failed, seconds: (clock.monotonicMs() - begun) / 1_000 });
      try {
        const result = await handler(key, signal);
        told(false);
        return result;
      } catch (error) {
        told(true);
        throw error;
      }
    },
  ];
  return Object.fromEntries(Object.entries(handlers).map(counted));
}
