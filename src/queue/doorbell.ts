/** Wakes a loop of this process at once, so that polling is only for what others put into the database. */
export interface Doorbell {
  ring(): void;
  /** Waits for a ring, at most `ms`. A ring since the last wait counts. */
  wait(ms: number): Promise<void>;
}

/** A doorbell nobody has rung yet. */
export function doorbell(): Doorbell {
  let rung = false;
  let wakeUp: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wakeUp?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wakeUp = null;
      rung = false;
    },
  };
}
