import { useState } from 'react';
import { MoneyField } from './money-field.js';

/** An amount of at most 20.00. */
export function Story() {
  const [text, setText] = useState('19,99');
  return <MoneyField label="Amount" text={text} currency="USD" onChange={setText} most={2000} />;
}
