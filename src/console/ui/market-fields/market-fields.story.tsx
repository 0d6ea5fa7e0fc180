import { useState } from 'react';
import { MarketFields } from './market-fields.js';
import { guessedMarket } from './places.js';

/** As the browser guesses it. */
export function Story() {
  const [market, setMarket] = useState(guessedMarket);
  return <MarketFields market={market} onChange={setMarket} />;
}
