import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { add, div, mul, pow, sqrt, square, sub } from '@variate/core/ops'
import type { StartState } from './estimator.ts'
import type { Tree, Values } from './problem.ts'

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8]

/** Running means of 0, before the first step. */
export function adamStart(weights: Readonly<Record<string, NdArray<Float64Array>>>): StartState {
  const zeros = Object.fromEntries(
    Object.entries(weights).map(([name, { data, shape }]) => [
      name,
      new NdArray(new Float64Array(data.length), shape),
    ]),
  )
  return { first: zeros, second: zeros, count: new NdArray(Float64Array.of(0), []) }
}

/**
 * One step of Adam.
 *
 * @see Kingma and Ba, Adam: A Method for Stochastic Optimization (ICLR 2015), algorithm 1.
 */
export function adamStep(
  weights: Values,
  gradients: Values,
  { first, second, count }: Tree,
  rate: number,
): { readonly weights: Values; readonly optimizer: Tree } {
  const each = (f: (name: string) => Tensor): Values =>
    Object.fromEntries(Object.keys(weights).map((name) => [name, f(name)]))
  const step = add(count as Tensor, 1)
  const means = each((name) => add(mul(BETA1, (first as Values)[name]!), mul(1 - BETA1, gradients[name]!)))
  const squares = each((name) =>
    add(mul(BETA2, (second as Values)[name]!), mul(1 - BETA2, square(gradients[name]!))),
  )
  const unbiased = (x: Tensor, beta: number): Tensor => div(x, sub(1, pow(beta, step)))
  return {
    weights: each((name) => {
      const root = sqrt(unbiased(squares[name]!, BETA2))
      return sub(weights[name]!, mul(rate, div(unbiased(means[name]!, BETA1), add(root, EPSILON))))
    }),
    optimizer: { first: means, second: squares, count: step },
  }
}
