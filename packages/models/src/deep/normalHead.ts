import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, mul, slice, softplus, sqrt, square } from '@variate/core/ops'
import { normal, type Normal } from '@variate/distributions'

/** No scale is below this: a density stays finite where a network gives what is far from 0. */
const LEAST = 1e-4

/** Locations and scales of so many numbers. */
interface LocationScale {
  readonly loc: Tensor
  readonly scale: Tensor
}

/** Of a network's 2·n numbers: n locations, and n scales by softplus. */
function locationScale(numbers: Tensor): LocationScale {
  const count = numbers.shape[0]! / 2
  return {
    loc: slice(numbers, [0], [count]),
    scale: add(softplus(slice(numbers, [count], [count])), LEAST),
  }
}

/** Independent normals of a network's 2·n numbers. */
export function normalHead(numbers: Tensor): Normal {
  const { loc, scale } = locationScale(numbers)
  return normal(loc, scale)
}

/**
 * The product of two normals' densities, normalised: precisions are added, locations weighted by them.
 *
 * @see Sønderby, Raiko, Maaløe, Sønderby and Winther, Ladder Variational Autoencoders (NeurIPS 2016), equations 17 and 18.
 */
export function normalProduct(one: Tensor, other: Tensor): Normal {
  const [a, b] = [locationScale(one), locationScale(other)]
  const [ofA, ofB] = [square(a.scale), square(b.scale)]
  const total = add(ofA, ofB)
  return normal(div(add(mul(a.loc, ofB), mul(b.loc, ofA)), total), div(mul(a.scale, b.scale), sqrt(total)))
}
