/** How a model is fitted and judged. */
export interface Judging {
  readonly seed: number
  readonly epochs: number
  /** Draws of q by which log p(x) of a digit is estimated. */
  readonly particles: number
}

/** What came of it. */
export interface Judged {
  readonly seconds: { readonly fit: number; readonly likelihood: number }
  /** log p(x) of each digit of the test set, in nats. */
  readonly pointwise: readonly number[]
}
