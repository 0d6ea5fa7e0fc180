/** One row of the fault matrix: what may go wrong, what keeps it from doing harm, and the test that notices when that is gone. */
export interface FaultRow {
  /** Number of the row in the reliability design. */
  readonly row: number;
  readonly fault: string;
  /** What keeps the fault from doing harm, in words. */
  readonly guard: string;
  readonly test: NamedTest;
  /** The smallest change that takes the guard away. The named test must fail with it. */
  readonly without: Mutation;
  /** Other tests and commands that try the same fault, for the reader. */
  readonly also?: readonly string[];
}

/** A test by the file its title stands in and the title as it is written there. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
  /** The file the runner is given, where the title stands in a suite that several files share. */
  readonly runs?: string;
  /** Start of the full name, where one of several suites is enough. */
  readonly suite?: string;
}

/** A text that occurs exactly once in a file, and what stands there instead. */
export interface Mutation {
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
}
