import { key } from '@variate/core'
import { add, atan, cos, div, mul, reshape, sub, sum } from '@variate/core/ops'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call } from '../distribution.ts'
import { gradients, repeated, withLeaves } from '../evaluate.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { meanTest } from '../statistics/zScore.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { areCoarse } from './coarse.ts'
import { differentiable } from './density.ts'
import { sizeOf } from './draws.ts'

const MOST = 4000
const LEAST = 500
/** Scores are squares of normal numbers, of which one may stand out more among few than others do. */
const DOMINANCE = 0.1
/** Of many cases, some evenly. */
const CASES = 14

/**
 * The two gradients of an expectation agree: E[∇φ(x)·∂x/∂θ] by draws that are differentiated, and E[φ(x) ∂log p/∂θ]
 * by the score, for bounded φ of a projection. Holds in any number of dimensions, where the support does
 * not depend on θ.
 */
export function checkScoreAgainstPath({ name, make, cases, draws }: Subject): Tally {
  const tally = new Comparisons(name, 'reparameterized against score-function gradients')
  const stride = Math.ceil(cases.length / CASES)
  cases.forEach((item, seed) => {
    if (seed % stride !== 0) return
    const isDifferentiable = differentiable(item)
    item.leaves.forEach((leaf, index) => {
      if (!isDifferentiable[index]) return
      const replace = (x: Tensor): ReturnType<typeof call> =>
        call(
          make,
          withLeaves(
            item,
            item.leaves.map((_, i) => (i === index ? x : undefined)),
          ),
        )
      tf.tidy(() => {
        const size = sizeOf(leaf.shape)
        const count = Math.max(LEAST, Math.min(MOST, Math.floor(draws / cases.length / size / 4)))
        const parameter = repeated(leaf.value, count)
        const x = replace(parameter).sample!(key(seed))
        if (areCoarse(call(make, item.args), x.dataSync())) return tally.omit()
        const [score] = gradients((p) => replace(p!).logProb(x), [parameter])
        for (const feature of featuresOf(x)) {
          const weight = feature(x).dataSync()
          const [path] = gradients((p) => feature(replace(p!).sample!(key(seed))), [parameter])
          const [s, g] = [score!.dataSync(), path!.dataSync()]
          for (let i = 0; i < Math.min(size, 9); i++) {
            const difference = Float64Array.from({ length: count }, (_, row) => {
              const at = row * size + i
              return g[at]! - weight[row]! * s[at]!
            })
            const found = meanTest(difference, DOMINANCE)
            if (!found) continue
            const allowed = Z_CRITICAL * found.standardError
            const entry = size > 1 ? ` entry ${i}` : ''
            const at = `case "${item.name}" in ${leaf.name}${entry}`
            tally.compare({ at, expected: 0, got: found.mean, allowed })
          }
        }
      })
    })
  })
  return tally.close()
}

/**
 * cos(2·atan(a·z) + b) of draws z standardized by their quartiles, for some directions a: z·φ′ is bounded, so that
 * the means exist for heavy tails, too.
 */
function featuresOf(x: Tensor): ((x: Tensor) => Tensor)[] {
  const [count, ...event] = x.shape
  const size = sizeOf(event)
  const columns = tf.transpose(tf.reshape(x, [count!, size])).arraySync() as number[][]
  const sorted = columns.map((column) => Float64Array.from(column).sort())
  const quantile = (p: number): number[] => sorted.map((column) => column[Math.floor(p * count!)]!)
  const centre = tf.tensor(quantile(0.5))
  const scale = tf.sub(tf.tensor(quantile(0.75)), tf.tensor(quantile(0.25)))
  const safe = tf.where(tf.greater(scale, 0), scale, tf.onesLike(scale))
  return [0, 1].map((k) => {
    const direction = tf.tensor(
      Array.from({ length: size }, (_, i) => Math.cos(1 + 3 * i + 5 * k) / Math.sqrt(size)),
    )
    return (y: Tensor) => {
      const z = div(sub(reshape(y, [count!, size]), centre), safe)
      return cos(add(mul(2, atan(sum(mul(z, direction), -1))), 0.7 + k))
    }
  })
}
