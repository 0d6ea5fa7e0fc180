import { useEffect, useRef, useState } from 'react';
import { pathOf } from '../../../app/call.js';
import { postStream } from '../../../app/post-stream.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { type CheckLine, CheckList } from '../../../ui/check-list/check-list.js';
import { Refused } from '../../../ui/form/form.js';

interface Props {
  readonly channel: string;
  /** Keeps what was typed before the channel is asked. */
  before?(): Promise<unknown>;
}

/** Asks the channel whether it can be worked with; what it finds comes line by line. */
export function ChannelCheck({ channel, before }: Props) {
  const [lines, setLines] = useState<readonly CheckLine[] | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asking = useRef<AbortController>(undefined);
  useEffect(() => () => asking.current?.abort(), []);
  const ask = async (): Promise<void> => {
    asking.current?.abort();
    const control = new AbortController();
    asking.current = control;
    setLines([]);
    setError(null);
    setRunning(true);
    try {
      await before?.();
      for await (const { event, data } of postStream(`${pathOf('/channels', channel)}/check`, control.signal))
        if (event === 'finding') setLines((seen) => [...(seen ?? []), data as CheckLine]);
    } catch (failure) {
      if (!control.signal.aborted) setError(failure);
    } finally {
      if (!control.signal.aborted) setRunning(false);
    }
  };
  return (
    <>
      {error !== null && <Refused error={error} />}
      {lines !== null && <CheckList label={say('check.label')} lines={lines} running={running} />}
      <div>
        <Button pending={running} onPress={() => void ask()}>
          {lines === null ? say('check.ask') : say('check.again')}
        </Button>
      </div>
    </>
  );
}
