import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { say } from '../strings/say.js';
import { LoadError } from '../ui/notice/notice.js';
import { PageHead } from '../ui/page-head/page-head.js';

/** A page that could not be shown at all: the server is away, or the page itself is broken. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <>
      <PageHead title={say('failed.title')} name={[say('failed.title')]} />
      <LoadError
        error={error}
        retry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </>
  );
}
