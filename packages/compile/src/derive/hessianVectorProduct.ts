import { engine, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { add, mul, sum } from '@variate/core/ops'
import { needed } from '../engine/needed.ts'
import { evaluate } from '../engine/evaluate.ts'
import { specOf } from '../compiled/arrays.ts'
import type { Node } from '../graph/node.ts'
import { settled } from '../loop/settled.ts'
import { currentTrace, trace } from '../trace/trace.ts'
import { valueAndGrad } from './valueAndGrad.ts'

/**
 * The Hessian of a function that returns a scalar, times vectors: H·v for a tangent v of each argument, without ever
 * making H. It is the gradient of the inner product of the gradient with v, so that it costs a few times what the
 * gradient does, whatever the dimension (Pearlmutter, Fast exact multiplication by the Hessian, Neural Computation 6,
 * 1994). It can be compiled, batched over tangents, and differentiated again; without `compile` it is recorded as well, and
 * then run operation by operation.
 *
 * @param f of tensors; it returns a scalar.
 * @returns a function of the arguments, and of as many tangents of the same shapes.
 * @throws ShapeError if the function does not return a scalar, and for tangents that are not of the shapes of the
 *   arguments; without `compile` UnsupportedError for a function that cannot be traced.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import * as tf from '@tensorflow/tfjs-core'
 * import { compile, hessianVectorProduct } from '@variate/compile'
 *
 * // x³y has the Hessian [[6xy, 3x²], [3x², 0]].
 * const f = (x: tf.Tensor, y: tf.Tensor) => tf.mul(tf.pow(x, 3), y)
 * const product = compile(hessianVectorProduct(f))
 * const [x, y] = product([tf.scalar(1), tf.scalar(2)], [tf.scalar(1), tf.scalar(10)])
 * x.arraySync() // => 42
 * y.arraySync() // => 3
 * ```
 */
export function hessianVectorProduct<Args extends readonly Tensor[]>(
  f: (...args: Args) => Tensor,
): (primals: Args, tangents: Args) => { readonly [Index in keyof Args]: Tensor } {
  return (primals, tangents) => {
    checkTangents(primals, tangents)
    const isRecorded = currentTrace() !== undefined || engine().isTapeOn()
    const products = isRecorded
      ? product(f as OfTensors, primals, tangents)
      : evaluated(
          (xs) => product(f as OfTensors, xs.slice(0, primals.length), xs.slice(primals.length)),
          [...primals, ...tangents],
        )
    return products as unknown as { readonly [Index in keyof Args]: Tensor }
  }
}

type OfTensors = (...args: readonly Tensor[]) => Tensor

function product(f: OfTensors, primals: readonly Tensor[], tangents: readonly Tensor[]): readonly Tensor[] {
  const along = (...xs: readonly Tensor[]): Tensor =>
    valueAndGrad(f)(...xs)
      .grads.map((slope, i) => sum(mul(slope, tangents[i]!)))
      .reduce((a, b) => add(a, b))
  return valueAndGrad(along)(...primals).grads
}

/** What a function gives, recorded and then computed operation by operation: TensorFlow.js's own second derivatives are wrong. */
function evaluated(
  f: (xs: readonly Tensor[]) => readonly Tensor[],
  xs: readonly Tensor[],
): readonly Tensor[] {
  const { inputs, outputs } = settled(trace(xs.map(specOf), f))
  return tidy(() => {
    const known = new Map<Node, Tensor>(inputs.map((node, i) => [node, xs[i]!]))
    evaluate(needed(outputs), known)
    return outputs.map((node) => known.get(node)!.clone())
  })
}

function checkTangents(primals: readonly Tensor[], tangents: readonly Tensor[]): void {
  if (primals.length !== tangents.length) {
    throw new ShapeError(
      `hessianVectorProduct: there must be a tangent for each argument, got ${tangents.length} for ${primals.length}`,
    )
  }
  for (const [i, { shape }] of primals.entries()) {
    if (shape.join() === tangents[i]!.shape.join()) continue
    throw new ShapeError(
      `hessianVectorProduct: tangent ${i} must have the shape of its argument, [${shape}], got [${tangents[i]!.shape}]`,
    )
  }
}
