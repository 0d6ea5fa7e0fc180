import { useState } from 'react';
import { PickBox } from './pick-box.js';

/** Of many. */
export function Story() {
  const [value, setValue] = useState('DE');
  return (
    <PickBox
      label="Country"
      value={value}
      onChange={setValue}
      choices={[
        { id: 'DE', label: 'Germany' },
        { id: 'US', label: 'United States' },
      ]}
    />
  );
}
