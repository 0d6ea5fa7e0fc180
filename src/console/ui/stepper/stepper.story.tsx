import { Stepper } from './stepper.js';

/** In the middle of a wizard. */
export function Story() {
  return (
    <Stepper
      label="Connect Google"
      current="permission"
      onStep={() => undefined}
      steps={[
        { id: 'account', title: 'Your account', done: true },
        { id: 'key', title: 'Access key', done: true },
        { id: 'permission', title: 'Permission', done: false },
        { id: 'start', title: 'Start', done: false },
      ]}
    />
  );
}
