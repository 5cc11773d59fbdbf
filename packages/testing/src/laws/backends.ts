import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import { call } from '../distribution.ts'
import { gradients, show, tensorOf } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { densityTolerance, isCoarseDensity } from './density.ts'
import { canDraw } from './draws.ts'

type Results = Readonly<Record<string, readonly number[]>>

/** What another backend of TensorFlow.js, which must be registered, computes: that of the cpu, to float32 accuracy. */
export async function checkBackend({ name, make, cases }: Subject, backend: string): Promise<Tally> {
  const tally = new Comparisons(name, `results on ${backend} and on the cpu`)
  await tf.setBackend('cpu')
  const onCpu = cases.map((item) => compute(make, item))
  await tf.setBackend(backend)
  let there: Results[]
  try {
    there = cases.map((item) => compute(make, item))
  } finally {
    await tf.setBackend('cpu')
  }
  cases.forEach((item, c) => {
    for (const [what, numbers] of Object.entries(onCpu[c]!)) {
      numbers.forEach((expected, i) => {
        const got = there[c]![what]![i]!
        const at = `case "${item.name}", ${what}, entry ${i}${what === 'logProb' ? ` at ${show(item.values[i]!)}` : ''}`
        const allowed = toleranceOf(item, what, i, expected, numbers)
        const isCoarse = what === 'logProb' && isCoarseDensity(expected, item.sensitivity[i])
        tally.compare({ at, expected, got, allowed, isCoarse })
      })
    }
  })
  return tally.close()
}

function toleranceOf(item: Case, what: string, i: number, expected: number, all: readonly number[]): number {
  if (what === 'logProb') return densityTolerance(expected, item.sensitivity[i])
  if (what === 'gradient') return Math.max(2e-4 * Math.abs(expected), 1e-37)
  if (what === 'entropy') return Math.max(2e-5 * Math.abs(expected), 2e-6)
  if (what === 'cdf') return Math.max(2e-5 * expected, 1e-6)
  const size = Math.max(...all.filter(Number.isFinite).map(Math.abs), 1e-30)
  return 2e-5 * Math.max(Math.abs(expected), what === 'sample' ? size : 0.1 * size)
}

function compute(make: Subject['make'], item: Case): Results {
  return tf.tidy(() => {
    const distribution = call(make, item.args)
    const values = tensorOf(item.values)
    const numbers = (x: tf.Tensor | undefined): number[] => (x ? Array.from(x.dataSync()) : [])
    const isSmooth = item.gradient?.value?.every((row) => row.every((x) => x !== null)) ?? false
    return {
      sample: canDraw(distribution) ? numbers(distribution.sample!(key(1), [20])) : [],
      logProb: numbers(distribution.logProb(values)),
      gradient: isSmooth ? numbers(gradients((x) => distribution.logProb(x!), [values])[0]) : [],
      cdf: numbers(distribution.cdf?.(values)),
      mean: numbers(distribution.mean?.()),
      variance: numbers(distribution.variance?.()),
      entropy: numbers(distribution.entropy?.()),
    }
  })
}
