import { clone, engine, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { fill } from '@variate/core/ops'
import { currentTrace } from '../trace/trace.ts'
import type { TraceBackend } from '../trace/traceBackend.ts'
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
    // Only TensorFlow.js's own gradient passes through its own.
    const isTaped = !trace || engine().isTapeOn()
    const { value, grads } = isTaped ? onTape(f as OfTensors, args) : onGraph(trace, f as OfTensors, args)
    return { value, grads: grads as unknown as ValueAndGrad<Args>['grads'] }
  }
}

type OfTensors = (...args: readonly Tensor[]) => Tensor
type Result = ValueAndGrad<readonly Tensor[]>

function onGraph(trace: TraceBackend, f: OfTensors, args: readonly Tensor[]): Result {
  const variables = args.map((x) => variable(trace, x))
  const value = scalar(f(...variables))
  const wrt = variables.map((x) => trace.nodeOf(x))
  return { value, grads: gradients(trace, trace.nodeOf(value), wrt) }
}

function onTape(f: OfTensors, args: readonly Tensor[]): Result {
  return tidy(() => {
    // Tensors of their own, for the tape takes those that are one for one variable.
    const variables = args.map((x) => clone(x))
    const { value, grads } = engine().gradients(() => f(...variables), variables, undefined, true)
    return { value: scalar(value), grads: variables.map(({ shape }, i) => grads[i] ?? fill(shape, 0)) }
  })
}

function scalar(value: Tensor): Tensor {
  if (value.rank === 0) return value
  throw new ShapeError(`valueAndGrad: the function must return a scalar, got shape [${value.shape}]`)
}

/** The gradient in the first argument. */
export function grad<First extends Tensor, Rest extends readonly Tensor[]>(
  f: (first: First, ...rest: Rest) => Tensor,
): (first: First, ...rest: Rest) => Tensor {
  const both = valueAndGrad(f as unknown as (...args: readonly Tensor[]) => Tensor)
  return (first, ...rest) => both(first, ...rest).grads[0]!
}
