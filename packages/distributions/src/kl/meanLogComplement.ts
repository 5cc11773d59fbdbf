import type { Tensor } from '@tensorflow/tfjs-core'
import {
  constant,
  div,
  expandDims,
  less,
  log,
  log1mexp,
  mul,
  sub,
  sum,
  where,
  type Real,
} from '@variate/core/ops'

/** Steps of the trapezoidal rule in t. */
const STEP = 0.125
const NODES: readonly number[] = /* @__PURE__ */ Array.from({ length: 88 }, (_, i) => -6 + i * STEP)
/** Below it 1 − eᵗ is 1 to float32, and log(1 − x) = t − log a. */
const FAR = -60

/**
 * E log(1 − x) under Kumaraswamy's distribution. With v = −log(1 − F(x)), which is exponential, x is
 * (1 − e^(−v/b))^(1/a); the integral over v is taken by the double exponential rule v = exp(t − e^(−t)) (Takahasi and
 * Mori 1974), which meets its algebraic ends. To 1e-7 relative.
 */
export function meanLogComplement(a: Real, b: Real): Real {
  const points = NODES.map((t) => Math.exp(t - Math.exp(-t)))
  const weights = points.map((v, i) => STEP * v * (1 + Math.exp(-NODES[i]!)) * Math.exp(-v))
  const [shapeA, shapeB] = [a, b].map((x) => (typeof x === 'number' ? x : expandDims(x, -1))) as [Real, Real]
  const logPower = div(constant(points.map((v) => -v)), shapeB) // log(1 − F)/b
  const isFar = less(logPower, FAR)
  const logX = div(log1mexp(where(isFar, FAR, logPower)), shapeA)
  const values = where(isFar, sub(logPower, log(shapeA)), log1mexp(logX))
  return sum(mul(values, constant(weights)) as Tensor, -1)
}
