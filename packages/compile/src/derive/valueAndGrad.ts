import { valueAndGrads, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { currentTrace } from '../trace/trace.ts'
import { gradients } from './gradient.ts'
import { variable } from './variable.ts'

export interface ValueAndGrad<Args extends readonly Tensor[]> {
  readonly value: Tensor
  /** Of the shape of each argument. */
  readonly grads: { readonly [Index in keyof Args]: Tensor }
}

/**
 * The value of a function that returns a scalar, and its gradient in every argument. Compiled, derivatives are taken on
 * the graph, by the rules of `@variate/core/ops`, and can be taken again.
 *
 * @throws ShapeError if the function does not return a scalar.
 */
export function valueAndGrad<Args extends readonly Tensor[]>(
  f: (...args: Args) => Tensor,
): (...args: Args) => ValueAndGrad<Args> {
  return (...args) => {
    const trace = currentTrace()
    if (!trace) {
      const { value, grads } = valueAndGrads((...xs) => f(...(xs as unknown as Args)) as Scalar)([...args])
      return { value, grads: grads as unknown as ValueAndGrad<Args>['grads'] }
    }
    const variables = args.map((x) => variable(trace, x))
    const value = f(...(variables as unknown as Args))
    if (value.rank > 0)
      throw new ShapeError(`valueAndGrad: the function must return a scalar, got shape [${value.shape}]`)
    const wrt = variables.map((x) => trace.nodeOf(x))
    const grads = gradients(trace, trace.nodeOf(value), wrt)
    return { value, grads: grads as unknown as ValueAndGrad<Args>['grads'] }
  }
}

/** The gradient in the first argument. */
export function grad<First extends Tensor, Rest extends readonly Tensor[]>(
  f: (first: First, ...rest: Rest) => Tensor,
): (first: First, ...rest: Rest) => Tensor {
  const both = valueAndGrad(f as unknown as (...args: readonly Tensor[]) => Tensor)
  return (first, ...rest) => both(first, ...rest).grads[0]!
}
