import type { StockLine } from '../../../../api/shapes/stock.js';
import { count } from '../../../strings/formats.js';
import { say, sayCode } from '../../../strings/say.js';
import styles from './stock.module.css';

type Units = StockLine['channels'][number];

interface Props {
  readonly line: Pick<StockLine, 'onHand' | 'reserved' | 'untracked'>;
  readonly units: Units;
}

/** What one channel may offer, in short: its name and the number, with the sum on hover; the page of the SKU writes it out. */
export function ChannelUnits({ line, units }: Props) {
  return (
    <span className={styles.units} title={sumText(line, units)}>
      <bdi>{units.channel}</bdi> <strong>{units.available === null ? '—' : count(units.available)}</strong>
    </span>
  );
}

/** The sum behind the number, written out: 85 = 92 on hand − 5 reserved − 2 safety stock, and how the channel shares in it. */
export function StockSum({ line, units }: Props) {
  return sumText(line, units);
}

function sumText(line: Props['line'], units: Units): string {
  if (line.untracked) return say('stock.sum_untracked');
  if (line.onHand === null || units.available === null) return say('stock.sum_unknown');
  return say('stock.sum', {
    available: count(units.available),
    onHand: count(line.onHand),
    reserved: count(line.reserved),
    safety: count(units.safetyStock),
    mode: sayCode(`stock.mode.${units.mode}`, units.mode),
  });
}
