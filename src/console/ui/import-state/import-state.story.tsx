import { ImportState } from './import-state.js';

/** Every state. */
export function Story() {
  return (
    <>
      {['merged', 'staging', 'held', 'failed', null].map((state) => (
        <ImportState key={state} state={state} />
      ))}
    </>
  );
}
