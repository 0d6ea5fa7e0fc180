import { useState } from 'react';
import { Checkbox, RadioGroup, Switch } from '../checkbox/checkbox.js';
import { Select } from '../select/select.js';
import { SearchField, TextField } from './text-field.js';

/** The fields of forms, right and wrong. */
export function Story() {
  const [text, setText] = useState('');
  const [on, setOn] = useState(true);
  const [choice, setChoice] = useState('a');
  return (
    <>
      <TextField
        label="Merchant Center ID"
        help="Top right corner of Merchant Center"
        value={text}
        onChange={setText}
        code
      />
      <TextField label="E-mail" value="nobody" error="An e-mail address has an @." />
      <SearchField label="Find SKU" value={text} onChange={setText} />
      <Select
        label="Channel"
        value={choice}
        onChange={setChoice}
        choices={[
          { id: 'a', label: 'google-us' },
          { id: 'b', label: 'meta-us' },
        ]}
      />
      <Checkbox checked={on} onChange={setOn}>
        Only with issues
      </Checkbox>
      <Switch checked={on} onChange={setOn}>
        Group by issue
      </Switch>
      <RadioGroup
        label="Start with"
        value={choice}
        onChange={setChoice}
        choices={[
          { id: 'a', label: 'Watch only', help: 'Reads, never writes' },
          { id: 'b', label: '10 products first' },
        ]}
      />
    </>
  );
}
