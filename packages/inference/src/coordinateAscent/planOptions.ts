export interface PlanOptions {
  /** Latents that are kept together; found by themselves, if not given. */
  readonly blocks: readonly (readonly string[])[] | undefined
  /** The plate whose subsets are taken, if any. */
  readonly plate?: string | undefined
  /** The most numbers that a term may have at the points where it is taken. */
  readonly limit: number
  readonly who: string
}
