import { useState } from 'react';
import { DateField } from './date-field.js';

/** A day and a moment. */
export function Story() {
  const [day, setDay] = useState('2026-11-25');
  const [moment, setMoment] = useState('2026-11-25T14:00');
  return (
    <>
      <DateField label="From" value={day} onChange={setDay} />
      <DateField time label="As of" value={moment} onChange={setMoment} />
    </>
  );
}
