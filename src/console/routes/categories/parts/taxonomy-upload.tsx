import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useWhyNot } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Refused } from '../../../ui/form/form.js';
import { EmptyState } from '../../../ui/notice/notice.js';
import { remark } from '../../../ui/toast/toast.js';
import { keepTaxonomy } from '../queries.js';
import styles from './categories.module.css';

/** Asks for the channel's list of categories, which we may not bring along. */
export function TaxonomyUpload({ channel }: { readonly channel: string }) {
  const client = useQueryClient();
  const whyNot = useWhyNot()('mappings:write');
  const [error, setError] = useState<unknown>(null);
  const upload = async (file: File): Promise<void> => {
    setError(null);
    try {
      const { categories } = await keepTaxonomy(channel, file);
      remark({ text: say('categories.kept', { n: count(categories) }) });
      await client.invalidateQueries({ queryKey: ['categories', channel] });
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      {error !== null && <Refused error={error} />}
      <EmptyState
        title={say('categories.no_taxonomy')}
        action={
          <label className={styles.file}>
            {say('categories.upload')}
            <input
              type="file"
              accept=".txt,text/plain"
              disabled={whyNot !== null}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file) void upload(file);
              }}
            />
          </label>
        }
      >
        {whyNot ?? say('categories.no_taxonomy_text', { channel })}
      </EmptyState>
    </>
  );
}
