import type { Distribution } from '@variate/distributions'
import type { SiteOptions } from './declaration.ts'
import type { LocationScaleName } from './deviations/deviationOf.ts'

/** Whether a distribution may be inferred as its deviation, as far as the type checker knows it. */
type IsLocationScale<Of> = [Of] extends [
  { readonly name: 'independent' | 'expand'; readonly base: infer Base },
]
  ? IsLocationScale<Base>
  : [Of] extends [{ readonly name: infer Name extends string }]
    ? string extends Name
      ? true
      : [Name] extends [LocationScaleName]
        ? true
        : false
    : true

/** The options of a latent: of one without location and scale those that it may have, and a sentence that says why. */
export type LatentOptions<Of extends Distribution> =
  IsLocationScale<Of> extends true
    ? SiteOptions
    : {
        readonly centered?:
          | true
          | 'auto'
          | `${Of['name']} has no location and scale: leave out { centered: false }`
      }
