/** One bar: what it is, how long, and what is written at its end. */
export interface Bar {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly text: string
  /** A second figure of the same case, as a line across. */
  readonly mark?: number
}
