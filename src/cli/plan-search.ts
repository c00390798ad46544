/** How a plan is looked for, from a year as from a file */
export interface Search {
  readonly seed: number;
  /** Seconds */
  readonly timeLimit: number;
  /** On standard error, for programs */
  readonly progressAsJson: boolean;
}
