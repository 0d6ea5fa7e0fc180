/** How long an answer that is under way is waited for once the process stops. */
export const STOP_GRACE_MS = 3_000;

/**
 * The answer of a call, unless the process stops: then it is waited for a little longer and given up. What was intended is written, so an
 * answer given up is asked for, or the change sent again, after the next start. Throws the signal's reason.
 */
export async function answerOrStop<Answer>(
  call: Promise<Answer>,
  signal: AbortSignal | undefined,
  graceMs = STOP_GRACE_MS,
): Promise<Answer> {
  if (signal === undefined) return call;
  call.catch(() => undefined); // its failure after it was given up is nobody's business
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    giveUp = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([call, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}
