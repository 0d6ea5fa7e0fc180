import { useState } from 'react';
import { SecretField } from './secret-field.js';

/** None yet, one that is set, and one that is a file. */
export function Story() {
  const [value, setValue] = useState<string | undefined>();
  return (
    <>
      <SecretField label="Refresh token" value={value} known={null} onChange={setValue} />
      <SecretField label="App secret" value={value} known={{ ends: '4f2a' }} onChange={setValue} />
      <SecretField file label="Key file" value={value} known={null} onChange={setValue} />
    </>
  );
}
