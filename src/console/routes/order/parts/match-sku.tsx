import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PageOf } from '../../../../api/paging.js';
import type { StockLine } from '../../../../api/shapes/stock.js';
import { call } from '../../../app/call.js';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Code } from '../../../ui/code/code.js';
import { Refused } from '../../../ui/form/form.js';
import { SearchField } from '../../../ui/text-field/text-field.js';
import { remark } from '../../../ui/toast/toast.js';
import { matchSku } from '../queries.js';
import styles from './order.module.css';

interface Props {
  readonly channel: string;
  readonly channelSku: string;
}

const SHOWN = 6;

/** Looks for the product a channel means by a SKU of its own; choosing one is remembered for every order. */
export function MatchSku({ channel, channelSku }: Props) {
  const [text, setText] = useState('');
  const whyNot = useWhyNot()('orders:write');
  const client = useQueryClient();
  const q = text.trim();
  const found = useQuery({
    queryKey: ['stock', 'find', q],
    enabled: q.length > 1,
    queryFn: ({ signal }) => call<PageOf<StockLine>>('GET', '/stock', { query: { q, limit: SHOWN }, signal }),
  });
  const matching = useMutation({
    mutationFn: (sku: string) => matchSku(channel, { channelSku, sku }),
    onSuccess: async (_nothing, sku) => {
      remark({ text: say('match.done', { channelSku, sku }) });
      await client.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  return (
    <div className={styles.matching}>
      <SearchField label={say('match.find', { sku: channelSku })} value={text} onChange={setText} />
      {(matching.error ?? found.error) && <Refused error={matching.error ?? found.error} />}
      {found.data?.items.length === 0 && <p className={styles.dim}>{say('match.none')}</p>}
      {found.data && found.data.items.length > 0 && (
        <ul className={styles.found}>
          {found.data.items.map(({ sku, title, onHand }) => (
            <li key={sku}>
              <span className={styles.sku}>
                <bdi>{title}</bdi>
                <span>
                  <Code>{sku}</Code>{' '}
                  {onHand !== null && (
                    <span className={styles.dim}>{say('match.on_hand', { n: count(onHand) })}</span>
                  )}
                </span>
              </span>
              <Button
                whyNot={whyNot}
                pending={matching.isPending && matching.variables === sku}
                onPress={() => matching.mutate(sku)}
              >
                {say('match.choose', { sku })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
