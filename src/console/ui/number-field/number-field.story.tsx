import { useState } from 'react';
import { NumberField } from './number-field.js';

/** With its label, and in a row of a table. */
export function Story() {
  const [units, setUnits] = useState(2);
  return (
    <>
      <NumberField label="Units" value={units} max={3} onChange={setUnits} />
      <NumberField bare label="Units of TEE-001" value={units} max={3} onChange={setUnits} />
    </>
  );
}
