import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { keepSettings } from '../../../app/house.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Form, fieldError } from '../../../ui/form/form.js';
import { MarketFields } from '../../../ui/market-fields/market-fields.js';
import { guessedMarket } from '../../../ui/market-fields/places.js';
import { Select } from '../../../ui/select/select.js';

const UNITS = ['kg', 'g', 'lb', 'oz'] as const;
/** Countries that weigh in pounds. */
const POUNDS = ['US', 'LR', 'MM'];

/** Where the house sells: guessed from the browser, changed later in the settings. */
export function WhereYouSell({ onDone }: { onDone(): void }) {
  const [market, setMarket] = useState(guessedMarket);
  const [unit, setUnit] = useState<(typeof UNITS)[number]>(POUNDS.includes(market.country) ? 'lb' : 'kg');
  const saving = useMutation({
    mutationFn: () =>
      keepSettings({
        country: market.country || null,
        currency: market.currency || null,
        zone: market.zone || null,
        weightUnit: unit,
      }),
    onSuccess: onDone,
  });
  return (
    <Form
      error={saving.error}
      onSubmit={() => saving.mutate()}
      actions={
        <Button kind="primary" type="submit" wide pending={saving.isPending}>
          {say('wizard.continue')}
        </Button>
      }
    >
      <MarketFields
        noLanguage
        market={market}
        onChange={setMarket}
        errorOf={(member) => fieldError(saving.error, `/${member}`)}
      />
      <Select
        label={say('setup.weight')}
        value={unit}
        choices={UNITS.map((id) => ({ id, label: say(`unit.${id}`) }))}
        onChange={(id) => setUnit(UNITS.find((known) => known === id) ?? 'kg')}
      />
    </Form>
  );
}
