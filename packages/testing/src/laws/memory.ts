import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call, type AnyDistribution } from '../distribution.ts'
import { read, tensorOf, withLeaves } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'

type Method = readonly [
  name: string,
  run: (distribution: AnyDistribution, value: Tensor) => readonly Tensor[],
]

const METHODS: readonly Method[] = [
  ['sample', (d) => (d.sample ? [d.sample(key(0), [3])] : [])],
  ['logProb', (d, value) => [d.logProb(value)]],
  ['cdf', (d, value) => (d.cdf ? [d.cdf(value)] : [])],
  ['icdf', (d) => (d.icdf ? [d.icdf(0.5)] : [])],
  ['mean', (d) => (d.mean ? [d.mean()] : [])],
  ['variance', (d) => (d.variance ? [d.variance()] : [])],
  ['entropy', (d) => (d.entropy ? [d.entropy()] : [])],
  ['enumerateSupport', (d) => (d.enumerateSupport ? [d.enumerateSupport()] : [])],
  ['naturalParameters', (d) => d.naturalParameters?.() ?? []],
  ['sufficientStatistics', (d, value) => d.sufficientStatistics?.(value) ?? []],
  ['logNormalizer', (d) => (d.logNormalizer ? [d.logNormalizer()] : [])],
  ['logBaseMeasure', (d, value) => (d.logBaseMeasure ? [d.logBaseMeasure(value)] : [])],
]

/**
 * Made of numbers a distribution holds no tensor; each method adds the tensors that it returns and no other, which
 * are the caller's: disposed, they leave the distribution and its parameters as they were.
 */
export function checkMemory({ name, make, cases, structural }: Subject): Tally {
  const tally = new Comparisons(name, 'tensors left behind')
  const item = cases[0]!
  const start = tf.memory().numTensors
  const plain = call(make, item.args)
  tally.compare({ at: 'made of numbers', expected: start, got: tf.memory().numTensors, allowed: 0 })
  const given = item.leaves.map(({ value, argument }) =>
    structural.has(argument) ? undefined : tensorOf(value),
  )
  const value = tensorOf(item.values)
  const held = tf.memory().numTensors
  for (const [kind, distribution] of [
    ['numbers', plain],
    ['tensors', call(make, withLeaves(item, given))],
  ] as const) {
    for (const [method, run] of METHODS) {
      const returned = run(distribution, value)
      const at = `${method} of a distribution of ${kind}`
      tally.compare({ at, expected: held + returned.length, got: tf.memory().numTensors, allowed: 0 })
      tf.dispose(returned as Tensor[])
    }
  }
  tally.check(
    [value, ...given].every((tensor) => !tensor?.isDisposed),
    () => 'a parameter or a value is disposed with what was returned',
  )
  checkFit(tally, plain, item)
  tf.dispose([value, ...given.filter((tensor) => tensor !== undefined)])
  tally.compare({ at: 'in the end', expected: start, got: tf.memory().numTensors, allowed: 0 })
  return tally.close()
}

function checkFit(tally: Comparisons, distribution: AnyDistribution, { values }: Case): void {
  if (!distribution.fit) return
  const before = tf.memory().numTensors
  const weights = values.map((_, i) => i + 1)
  read(() => distribution.fit!(values, { weights }).logProb(values))
  tally.compare({ at: 'fit', expected: before, got: tf.memory().numTensors, allowed: 0 })
}
