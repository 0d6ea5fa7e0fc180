import { Diff } from './diff.js';

/** Changed, new and gone. */
export function Story() {
  return (
    <>
      <Diff before="Northwind Linen Shirt, Black, 42" after="Northwind Linen Shirt Black 42" />
      <Diff before={null} after="low-margin" />
      <Diff before="189.99 USD" after={null} />
    </>
  );
}
