import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, NdArray, random } from '@variate/core'
import {
  abs,
  add,
  div,
  greaterEqual,
  log1p,
  mul,
  neg,
  softplus,
  square,
  stopGradient,
  sub,
  sum,
  tanh,
  where,
} from '@variate/core/ops'
import type { ParamTree } from '../variational.ts'
import { back, type FlowLayer } from './layer.ts'

/** Where softplus is 1. */
const UNIT = Math.log(Math.E - 1)

/** Newton's steps from where they converge monotonically: double precision with room to spare. */
const STEPS = 20

/**
 * The planar layer y = x + û·tanh(wᵀx + b), log |det| = log(1 + wᵀû·(1 − tanh²(wᵀx + b))).
 *
 * û = u + (m(wᵀu) − wᵀu)·w/|w|² with m(a) = softplus(a + log(e − 1)) − 1 > −1, so that wᵀû > −1, as it must be for an inverse;
 * û = 0 at u = 0. Back: a = wᵀx solves a + wᵀû·tanh(a + b) = wᵀy, which increases in a.
 *
 * @see Rezende and Mohamed, Variational Inference with Normalizing Flows (ICML 2015), §4.1 and A.1.
 */
export function planar(size: number): FlowLayer {
  return {
    init: (key) => {
      const draws = random.normal(foldIn(key, 0), [size], { dtype: 'float64' }).data
      return {
        direction: new NdArray(
          draws.map((x) => x / Math.sqrt(size)),
          [size],
        ),
        shift: new NdArray(new Float64Array(size), [size]),
        bias: new NdArray(Float64Array.of(0), []),
      }
    },
    forward: (params, x) => {
      const { w, b, u, steepness } = parts(params)
      const bend = tanh(add(sum(mul(w, x)), b))
      return { vector: add(x, mul(u, bend)), logDet: logDetOf(steepness, bend) }
    },
    inverse: (params, y) => {
      const { w, b, u, steepness } = parts(params)
      const bend = tanh(add(rootOf(sum(mul(w, y)), steepness, b), b))
      return back(sub(y, mul(u, bend)), logDetOf(steepness, bend))
    },
  }
}

/** w, b, û and wᵀû. */
function parts(params: ParamTree) {
  const [w, free, b] = ['direction', 'shift', 'bias'].map((name) => params[name]) as [Tensor, Tensor, Tensor]
  const along = sum(mul(w, free))
  const steepness = sub(softplus(add(along, UNIT)), 1)
  const u = add(free, mul(div(sub(steepness, along), sum(square(w))), w))
  return { w, b, u, steepness }
}

function logDetOf(steepness: Tensor, bend: Tensor): Tensor {
  return log1p(mul(steepness, sub(1, square(bend))))
}

/**
 * The a with a + c·tanh(a + b) = goal, c > −1. Newton's steps approach it from one side if they begin at the turning point −b for
 * c ≥ 0, and beyond the root for c < 0. The last step, from the root, has the derivatives that the root has.
 */
function rootOf(goal: Tensor, c: Tensor, b: Tensor): Tensor {
  const [to, steep, bias] = [stopGradient(goal), stopGradient(c), stopGradient(b)]
  const side = where(greaterEqual(add(to, bias), 0), 1, -1)
  let a = where(greaterEqual(steep, 0), neg(bias), add(to, mul(side, abs(steep)))) as Tensor
  const slopeAt = (bend: Tensor): Tensor => add(1, mul(steep, sub(1, square(bend))))
  for (let step = 0; step < STEPS; step++) {
    const bend = tanh(add(a, bias))
    a = sub(a, div(sub(add(a, mul(steep, bend)), to), slopeAt(bend)))
  }
  const root = stopGradient(a)
  const error = sub(add(root, mul(c, tanh(add(root, b)))), goal)
  return sub(root, div(error, stopGradient(slopeAt(tanh(add(root, bias))))))
}
