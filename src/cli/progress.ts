/** Shows on standard error how far a run is. */
export interface Progress {
  /** Replaces the present line: `amazon-us 1,200 of 3,260 sent`. */
  update(text: string): void;
  /** Takes the line away. Call before anything else is printed. */
  clear(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

/** What a progress line is drawn on. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A line with a turning mark on a terminal; nothing at all in a file or pipe. */
export function terminalProgress(terminal: Terminal, quiet: boolean): Progress {
  if (terminal.isTTY !== true || quiet) return { update: () => undefined, clear: () => undefined };
  let text = '';
  let frame = 0;
  let timer: NodeJS.Timeout | null = null;
  const draw = (): void => {
    frame += 1;
    const line = `${FRAMES[frame % FRAMES.length] ?? ''} ${text}`;
    terminal.write(`\r\u001b[2K${line.slice(0, (terminal.columns ?? 80) - 1)}`);
  };
  return {
    update(next) {
      text = next;
      timer ??= setInterval(draw, FRAME_MS).unref();
      draw();
    },
    clear() {
      if (timer === null) return;
      clearInterval(timer);
      timer = null;
      terminal.write('\r\u001b[2K');
    },
  };
}
