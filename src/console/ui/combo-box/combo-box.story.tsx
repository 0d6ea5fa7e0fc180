import { useState } from 'react';
import { ComboBox } from './combo-box.js';

/** A choice of many, and a text with suggestions. */
export function Story() {
  const [field, setField] = useState('product.title');
  const [value, setValue] = useState('Coats');
  return (
    <>
      <ComboBox
        label="Field"
        value={field}
        onChange={setField}
        choices={[
          { id: 'product.title', label: 'title of the product', detail: 'text · filled on 100%' },
          { id: 'product.brand', label: 'brand of the product', detail: 'text · filled on 81%' },
        ]}
      />
      <ComboBox
        label="Value"
        free
        value={value}
        onChange={setValue}
        choices={[{ id: 'Coats', label: 'Coats', detail: '212 variants' }]}
      />
    </>
  );
}
