import type { Tensor } from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { broadcastTo, reshape } from '@variate/core/ops'
import type { Bound, RandomSite } from '@variate/language/internal'
import { block } from './block.ts'
import { discreteFactor } from './discreteFactor.ts'
import { fullRankVector } from './fullRankVector.ts'
import { locName } from './locations.ts'
import { independentNormals } from './independentNormals.ts'
import { realSite } from './realSite.ts'
import { middle } from './start.ts'
import type { ParamTree, SiteTensors, Variational } from './variational.ts'

/** A latent whose distribution has parameters for each element of its plates, and how a network gives these. */
export interface HeadedFactor {
  /** With parameters of its own for each element. */
  readonly local: Variational
  /** The shapes of what the heads give for an element, by their names. */
  readonly shapes: Readonly<Record<string, readonly number[]>>
  /** The parameters of `local`, of what the heads give. */
  params(given: SiteTensors): ParamTree
}

/** What kind of distribution a network gives the parameters of. */
export interface ConditionalHead {
  readonly name: string
  of(model: Bound, site: RandomSite, who: string): HeadedFactor
}

/**
 * Of `conditional`: normals of independent numbers, whose locations and logarithms of scales are linear in what the network gives.
 *
 * @example
 * ```ts
 * import { diagonalNormal } from '@variate/families'
 *
 * diagonalNormal().name // => 'diagonalNormal'
 * ```
 */
export function diagonalNormal(): ConditionalHead {
  return {
    name: 'diagonalNormal',
    of: (model, site, who) => {
      const real = realSite(model, site, who)
      return {
        local: independentNormals(model, [real], 1),
        shapes: { loc: real.placeShape, scale: real.placeShape },
        params: ({ loc, scale }) => ({ [locName(site.name)]: loc!, [`${site.name}.logScale`]: scale! }),
      }
    },
  }
}

/**
 * Of `conditional`: normals with any covariance L·Lᵀ of the numbers of an element; locations, what is below the diagonal of L, and
 * the logarithms of the diagonal are linear in what the network gives.
 *
 * @example
 * ```ts
 * import { fullNormal } from '@variate/families'
 *
 * fullNormal().name // => 'fullNormal'
 * ```
 */
export function fullNormal(): ConditionalHead {
  return {
    name: 'fullNormal',
    of: (model, site, who) => {
      const size = sizeOf(realSite(model, site, who).placeShape)
      return {
        local: block(model, [site], site.plates, fullRankVector(1), middle, who),
        shapes: { loc: [size], scale: [(size * (size + 1)) / 2] },
        params: ({ loc, scale }) => ({ [site.name]: { loc: loc!, tril: scale! } }),
      }
    },
  }
}

/**
 * Of `conditional`: normals whose numbers are independent and have one scale, which differs between elements; locations and the
 * logarithm of the scale are linear in what the network gives.
 *
 * @example
 * ```ts
 * import { isotropicNormal } from '@variate/families'
 *
 * isotropicNormal().name // => 'isotropicNormal'
 * ```
 */
export function isotropicNormal(): ConditionalHead {
  return {
    name: 'isotropicNormal',
    of: (model, site, who) => {
      const real = realSite(model, site, who)
      return {
        local: independentNormals(model, [real], 1),
        shapes: { loc: real.placeShape, scale: [] },
        params: ({ loc, scale }) => {
          const one = reshape(scale!, [...scale!.shape, ...real.placeShape.map(() => 1)])
          return { [locName(site.name)]: loc!, [`${site.name}.logScale`]: broadcastTo(one, loc!.shape) }
        },
      }
    },
  }
}

/** Discrete latents: log odds that are linear in what the network gives. */
export function logitsOf(model: Bound, site: RandomSite, who: string): HeadedFactor {
  const local = discreteFactor(model, site, who)
  const name = `${site.name}.logits`
  const { shape } = local.init(key(0))[name] as { readonly shape: readonly number[] }
  return {
    local,
    shapes: { logits: shape.slice(site.plates.length) },
    params: ({ logits }): ParamTree => ({ [name]: logits as Tensor }),
  }
}
