import { useMemo } from 'react';
import { say } from '../../strings/say.js';
import { FieldPair } from '../form/form.js';
import { PickBox } from '../pick-box/pick-box.js';
import { countries, currencies, currencyOf, languages, type Market, zones } from './places.js';

interface Props {
  readonly market: Market;
  onChange(market: Market): void;
  /** What is wrong with a member, in words. */
  errorOf?(member: keyof Market): string | null;
  /** Without the language: of the house, not of a channel. */
  readonly noLanguage?: boolean;
}

/** Country, language, currency and time zone. Choosing a country offers its currency. */
export function MarketFields({ market, onChange, errorOf, noLanguage }: Props) {
  const choices = useMemo(
    () => ({ country: countries(), currency: currencies(), language: languages(), zone: zones() }),
    [],
  );
  const field = (member: keyof Market) => (
    <PickBox
      key={`${member} ${member === 'currency' ? market.country : ''}`}
      label={say(`market.${member}`)}
      choices={choices[member]}
      value={market[member]}
      error={errorOf?.(member)}
      onChange={(value) =>
        onChange({
          ...market,
          [member]: value,
          ...(member === 'country' ? { currency: currencyOf(value) ?? market.currency } : {}),
        })
      }
    />
  );
  return (
    <>
      <FieldPair>
        {field('country')}
        {field('currency')}
      </FieldPair>
      <FieldPair>
        {!noLanguage && field('language')}
        {field('zone')}
      </FieldPair>
    </>
  );
}
