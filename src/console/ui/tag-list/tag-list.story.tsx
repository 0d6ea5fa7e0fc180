import { useState } from 'react';
import { TagList } from './tag-list.js';

/** Typed freely, and of a few. */
export function Story() {
  const [tags, setTags] = useState<readonly string[]>(['shop.example']);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <>
      <TagList label="Domains of the shop" help="In small letters" tags={tags} onChange={setTags} />
      <TagList
        label="Destinations"
        tags={chosen}
        choices={['SHOPPING_ADS', 'FREE_LISTINGS']}
        onChange={setChosen}
      />
    </>
  );
}
