import type { Tensor } from '@tensorflow/tfjs-core'
import { grad, valueAndGrad } from '@variate/compile'
import { key, ndarray, type NdArray } from '@variate/core'
import {
  add,
  div,
  drawNormal,
  exp,
  expandDims,
  log,
  logSumExp,
  matMul,
  maximum,
  mul,
  sigmoid,
  softplus,
  sqrt,
  square,
  sub,
  sum,
} from '@variate/core/ops'

/** A function that is called, or the step of a loop, with what it is given. */
export type Graph =
  | { readonly name: string; readonly f: (...args: never[]) => unknown; readonly args: readonly NdArray[] }
  | {
      readonly name: string
      readonly step: (state: never, context: never) => unknown
      readonly state: object
      readonly inputs?: object
      readonly count: number
    }

/** Numbers between −1 and 1, the same each time. */
function filled(...shape: readonly number[]): NdArray {
  const size = shape.reduce((a, b) => a * b, 1)
  return ndarray(
    Float32Array.from({ length: size }, (_, i) => Math.sin(i)),
    shape,
  )
}

const logistic = (x: Tensor, y: Tensor, w: Tensor) =>
  grad((v: Tensor) => sum(softplus(mul(y, matMul(x, v)))))(w)

/** Eight schools by the mean-field family, with draws made in the step, along the gradient. */
const schools = (
  state: { readonly mean: Tensor; readonly scale: Tensor },
  { key: own }: { readonly key: Tensor },
) => {
  const noise = drawNormal(own, [10])
  const energy = (mean: Tensor, scale: Tensor) =>
    sub(mul(0.5, sum(square(div(sub(add(mean, mul(exp(scale), noise)), 3), 4)))), sum(scale))
  const { grads } = valueAndGrad(energy)(state.mean, state.scale)
  return { mean: sub(state.mean, mul(0.01, grads[0])), scale: sub(state.scale, mul(0.01, grads[1])) }
}

/** A layer's weights, moved by momentum along the gradient of what they make of a batch. */
const layer = (
  { w, m }: { readonly w: Tensor; readonly m: Tensor },
  { inputs: { x } }: { readonly inputs: { readonly x: Tensor } },
) => {
  const slope = grad((v: Tensor) => sum(square(maximum(matMul(x, v), 0))))(w)
  const next = add(mul(0.9, m), mul(1e-6, slope))
  return { w: sub(w, next), m: next }
}

const waves = (x: Tensor): Tensor => {
  let y = x
  for (let i = 0; i < 6; i++) y = mul(0.5, add(sigmoid(y), sqrt(add(square(y), 1))))
  return y
}

/** Small and large, elementwise, products, reductions, draws and loops. */
export const GRAPHS: readonly Graph[] = [
  { name: 'exp and a sum of 100', f: (x: Tensor) => sum(exp(x)), args: [filled(100)] },
  { name: 'exp and a sum of 10⁶', f: (x: Tensor) => sum(exp(x)), args: [filled(1e6)] },
  {
    name: 'a chain of sums and products of 10⁶',
    f: (x: Tensor) => add(mul(x, 2), mul(x, x)),
    args: [filled(1e6)],
  },
  { name: 'log of sums, 20,000 × 16', f: (x: Tensor) => logSumExp(x, 1), args: [filled(20_000, 16)] },
  {
    name: 'gradient of a regression, 5,000 × 20',
    f: logistic,
    args: [filled(5000, 20), filled(5000, 1), filled(20, 1)],
  },
  { name: '10⁶ normal draws', f: (k: Tensor) => sum(drawNormal(k, [1_000_000])), args: [key(1) as never] },
  { name: 'product of 24 × 24', f: (x: Tensor) => matMul(x, x), args: [filled(24, 24)] },
  { name: 'product of 400 × 400', f: (x: Tensor) => matMul(x, x), args: [filled(400, 400)] },
  {
    name: 'layers 256 × 784 × 512 × 64',
    f: (x: Tensor, a: Tensor, b: Tensor) => matMul(maximum(matMul(x, a), 0), b),
    args: [filled(256, 784), filled(784, 512), filled(512, 64)],
  },
  {
    name: 'steps on 10 parameters',
    step: schools,
    state: { mean: filled(10), scale: filled(10) },
    count: 100_000,
  },
  {
    name: 'steps on a layer, 128 × 400 × 200',
    step: layer,
    state: { w: filled(400, 200), m: filled(400, 200) },
    inputs: { x: filled(128, 400) },
    count: 3000,
  },
  {
    name: 'steps on a layer, 16 × 20 × 10',
    step: layer,
    state: { w: filled(20, 10), m: filled(20, 10) },
    inputs: { x: filled(16, 20) },
    count: 20_000,
  },
  { name: 'elementwise steps on 50,000', step: waves, state: filled(50_000), count: 2000 },
  {
    name: 'log densities, 300 × 300',
    f: (x: Tensor) => sum(log(add(1, square(sub(expandDims(x, 1), x))))),
    args: [filled(300)],
  },
]
