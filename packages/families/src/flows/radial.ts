import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, random } from '@variate/core'
import {
  add,
  div,
  exp,
  greaterEqual,
  log1p,
  mul,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import type { ParamTree } from '../variational.ts'
import { back, type FlowLayer } from './layer.ts'

/** Where softplus is 1. */
const UNIT = Math.log(Math.E - 1)

/**
 * The radial layer y = x + β·(x − c)/(α + r), r = |x − c|, with α > 0 and β = α·(softplus(b + log(e − 1)) − 1) > −α, so that |y − c|
 * increases in r; β = 0 at b = 0. With h = 1/(α + r): log |det| = (size − 1)·log(1 + βh) + log(1 + αβh²).
 *
 * Back: ρ = |y − c| = r + βr/(α + r) is a quadratic equation in r.
 *
 * @see Rezende and Mohamed, Variational Inference with Normalizing Flows (ICML 2015), §4.1 and A.2.
 */
export function radial(size: number): FlowLayer {
  const logDetOf = ({ alpha, beta }: Parts, r: Tensor): Tensor => {
    const h = div(1, add(alpha, r))
    const across = mul(size - 1, log1p(mul(beta, h)))
    return add(across, log1p(mul(mul(alpha, beta), square(h))))
  }
  return {
    init: (key) => ({
      center: random.normal(key, [size], { dtype: 'float64' }),
      logWidth: new NdArray(Float64Array.of(0), []),
      pull: new NdArray(Float64Array.of(0), []),
    }),
    forward: (params, x) => {
      const parts = partsOf(params)
      const away = sub(x, parts.center)
      const r = sqrt(sum(square(away)))
      const growth = div(parts.beta, add(parts.alpha, r))
      return { vector: add(x, mul(growth, away)), logDet: logDetOf(parts, r) }
    },
    inverse: (params, y) => {
      const parts = partsOf(params)
      const away = sub(y, parts.center)
      const r = radiusOf(parts, sqrt(sum(square(away))))
      const growth = div(parts.beta, add(parts.alpha, r))
      return back(add(parts.center, div(away, add(1, growth))), logDetOf(parts, r))
    },
  }
}

interface Parts {
  readonly center: Tensor
  readonly alpha: Tensor
  readonly beta: Tensor
}

function partsOf(params: ParamTree): Parts {
  const alpha = exp(params['logWidth'] as Tensor)
  const beta = mul(alpha, sub(softplus(add(params['pull'] as Tensor, UNIT)), 1))
  return { center: params['center'] as Tensor, alpha, beta }
}

/** The root r ≥ 0 of r² + (α + β − ρ)·r − αρ = 0, by the formula of the two that does not cancel. */
function radiusOf({ alpha, beta }: Parts, rho: Tensor): Tensor {
  const half = mul(0.5, sub(sub(rho, alpha), beta))
  const product = mul(alpha, rho)
  const root = sqrt(add(square(half), product))
  const isOutside = greaterEqual(half, 0)
  return where(isOutside, add(half, root), div(product, sub(root, where(isOutside, -1, half)))) as Tensor
}
