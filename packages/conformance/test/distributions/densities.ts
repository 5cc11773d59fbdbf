import type * as tf from '@tensorflow/tfjs-core'
import { sum } from '@variate/core/ops'
import { valueAndGrad } from '@variate/compile'
import { gradients } from '@variate/testing'
import type { Group } from './groups.ts'
import { compiledWays, eagerly, type Numbers, type Way } from './ways.ts'

/** What a program gave for a group: the log densities, then their gradient in each variable. */
export type Results = readonly Numbers[]

/** The columns that log densities of a group are differentiated in. */
export function variablesOf({ columns, isSmooth }: Group): readonly number[] {
  return columns.flatMap((_, i) => (i > 0 || isSmooth ? [i] : []))
}

/** Log densities of all rows and their gradients by TensorFlow.js's own tape, operation by operation. */
export function eagerDensities(group: Group): Results {
  return eagerly.run((...inputs) => {
    const wrt = variablesOf(group)
    const logProb = logProbOf(group, inputs, wrt)
    const at = wrt.map((i) => inputs[i]!)
    return [logProb(...at), ...(at.length > 0 ? gradients(logProb, at) : [])]
  }, group.columns)
}

/** The same compiled, by each way, with gradients by the rules of the graph. */
export function compiledDensities(group: Group): readonly (readonly [Way, Results])[] {
  const program = (...inputs: readonly tf.Tensor[]): readonly tf.Tensor[] => {
    const wrt = variablesOf(group)
    const logProb = logProbOf(group, inputs, wrt)
    let rows: tf.Tensor
    const total = (...xs: tf.Tensor[]): tf.Tensor => sum((rows = logProb(...xs)))
    const { grads } = valueAndGrad(total)(...wrt.map((i) => inputs[i]!))
    return [rows!, ...grads]
  }
  const ways = compiledWays.filter(({ isInLoops }) => group.isTriedInLoops || !isInLoops)
  return ways.map((way) => [way, way.run(program, group.columns)])
}

function logProbOf({ make }: Group, inputs: readonly tf.Tensor[], wrt: readonly number[]) {
  return (...xs: tf.Tensor[]): tf.Tensor => {
    const [value, ...parameters] = inputs.map((x, i) => xs[wrt.indexOf(i)] ?? x)
    return make(parameters).logProb(value!)
  }
}
