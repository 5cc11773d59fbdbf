import type { Data, ValuesOf } from '@variate/language'
import type { ContinuousNames, DiscreteNames } from '../exact/exactPosterior.ts'

/** Arrays to start from: probabilities of discrete latents, values of others; what is not there follows from what is. */
export type InitOf<Types> = { readonly [Name in DiscreteNames<Types>]?: Data } & {
  readonly [Name in ContinuousNames<Types>]?: Name extends keyof ValuesOf<Types>
    ? ValuesOf<Types>[Name]
    : Data
}
