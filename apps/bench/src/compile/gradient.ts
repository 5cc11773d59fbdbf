import { tensor, type Tensor } from '@tensorflow/tfjs-core'
import { compile, valueAndGrad } from '@variate/compile'
import type { Inputs, Precision } from './numbers.ts'
import { dataOf, drop } from './results.ts'
import type { Task } from './task.ts'

interface Problem {
  readonly precision: Precision
  readonly inputs: Inputs
  /** The inputs in which the gradient is taken. */
  readonly parameters: readonly string[]
  readonly f: (inputs: Readonly<Record<string, Tensor>>) => Tensor
}

/** A function's value and gradient, one call after the other. Its arguments are tensors where the precision has them. */
export function gradient({ precision, inputs, parameters, f }: Problem): Task {
  const both = compile(
    (given: Readonly<Record<string, Tensor>>) =>
      valueAndGrad((...values: readonly Tensor[]) =>
        f({ ...given, ...Object.fromEntries(parameters.map((name, i) => [name, values[i]!])) }),
      )(...parameters.map((name) => given[name]!)),
    { precision },
  )
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, x]) => [
      name,
      precision === 'float64' ? x : tensor(x.data as Float32Array, [...x.shape]),
    ]),
  )
  return {
    inputs,
    run: (calls) => {
      for (let call = 0; call < calls; call++) drop(both(given))
    },
    values: () => {
      const { value, grads } = both(given)
      return [value, ...grads].flatMap(dataOf)
    },
    called: () => both.explain().called,
  }
}
