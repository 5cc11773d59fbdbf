import * as tf from '@tensorflow/tfjs-core'
import { call, type Nested } from '../distribution.ts'
import { gradients, read, repeated, show, tensorOf, withLeaves } from '../evaluate.ts'
import { numbersOf, shapeOf } from '../oracle/nested.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { differentiable } from './density.ts'

/** Outside its support a log density is −∞, and its gradients in value and parameters are finite or zero. */
export function checkOutside({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'outside the support')
  for (const item of cases) {
    const { outside, leaves } = item
    if (outside.length === 0) continue
    const distribution = call(make, item.args)
    const got = read(() => distribution.logProb(tensorOf(outside)))
    outside.forEach((value, i) => {
      const at = `case "${item.name}" at ${show(value)}`
      tally.compare({ at, expected: -Infinity, got: got[i]!, allowed: 0 })
      const violation = distribution.support.violation(numbersOf(value), distribution.eventShape)
      tally.check(violation !== undefined, () => `${at}: the support says that it is inside`)
    })
    const isDifferentiable = differentiable(item)
    const variables = leaves.filter((_, i) => isDifferentiable[i])
    tf.tidy(() => {
      const found = gradients(
        (x, ...parameters) => {
          const next = parameters.values()
          const args = withLeaves(
            item,
            leaves.map((_, i) => (isDifferentiable[i] ? next.next().value : undefined)),
          )
          return call(make, args).logProb(x!)
        },
        [tensorOf(outside), ...variables.map(({ value }) => repeated(value, outside.length))],
      )
      found.forEach((gradient, k) => {
        const where = k === 0 ? 'value' : variables[k - 1]!.name
        const numbers = Array.from(gradient.dataSync())
        tally.check(
          numbers.every(Number.isFinite),
          () => `case "${item.name}" at ${show(outside)}: gradient in ${where} is ${show(numbers)}`,
        )
      })
    })
  }
  return tally.close()
}

/** The log density of NaN, or of an event that has one, is NaN. */
export function checkNaN({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'NaN')
  for (const item of cases) {
    const value = item.values[0]!
    const got = read(() => call(make, item.args).logProb(tensorOf(spoiled(value))))
    tally.compare({ at: `case "${item.name}"`, expected: NaN, got: got[0]!, allowed: 0 })
  }
  return tally.close()
}

function spoiled(value: Nested): Nested {
  if (typeof value === 'number') return NaN
  return shapeOf(value).length === 0 ? NaN : [spoiled(value[0]!), ...value.slice(1)]
}
