/** A page and the cursor of the next one; null: that was the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
