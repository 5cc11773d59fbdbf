import type { Tensor } from '@tensorflow/tfjs-core'
import { call } from '../distribution.ts'
import { repeated, tensorOf, withLeaves } from '../evaluate.ts'
import { numbersOf, shapeOf } from '../oracle/nested.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { differentiable } from './density.ts'

/** What a log density is differentiated in: its value, or one of its parameters. */
export interface Variable {
  readonly name: string
  readonly shape: readonly number[]
  /** By value: the numbers of the variable there. */
  readonly numbers: readonly (readonly number[])[]
  readonly first: readonly (readonly (number | null)[])[]
  readonly second: readonly (readonly (number | null)[])[] | undefined
  readonly tensor: Tensor
}

/** The value, unless it is discrete, and the parameters that the oracle knows derivatives in. */
export function variablesOf(item: Case): readonly Variable[] {
  const { gradient, second, values, leaves } = item
  if (!gradient) return []
  const isDifferentiable = differentiable(item)
  const list: Variable[] = []
  if (gradient.value?.some((row) => row.some((x) => x !== null))) {
    list.push({
      name: 'value',
      shape: shapeOf(values[0]!),
      numbers: values.map(numbersOf),
      first: gradient.value,
      second: second?.value,
      tensor: tensorOf(values),
    })
  }
  leaves.forEach(({ name, shape, value }, i) => {
    if (!isDifferentiable[i]) return
    list.push({
      name,
      shape,
      numbers: values.map(() => numbersOf(value)),
      first: gradient.leaves[i]!,
      second: second?.leaves[i],
      tensor: repeated(value, values.length),
    })
  })
  return list
}

/** The log density of a case as a function of its variables. */
export function logProbOf({ make }: Subject, item: Case, variables: readonly Variable[]) {
  return (...xs: Tensor[]): Tensor => {
    const of = (name: string): Tensor | undefined =>
      xs[variables.findIndex((variable) => variable.name === name)]
    const args = withLeaves(
      item,
      item.leaves.map(({ name }) => of(name)),
    )
    return call(make, args).logProb(of('value') ?? tensorOf(item.values))
  }
}
