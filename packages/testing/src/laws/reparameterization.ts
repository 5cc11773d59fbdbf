import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call } from '../distribution.ts'
import { gradients, repeated, withLeaves } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { meanTest } from '../statistics/zScore.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { differentiable } from './density.ts'
import { sizeOf } from './draws.ts'

const COUNT = 64
const MANY = 4000
/** The step of differences, in units of what one draw tells about the parameter. */
const STEP = 0.02

/**
 * The derivative of a draw x in a parameter θ at a fixed key is −(∂F/∂θ) / p, for the draws' own distribution
 * function F: by differences of fourth order of F, which is computed by other means than draws are. To 2e-3 of
 * itself, or of the change of F that float32 cannot tell from none.
 */
export function checkPathwise(subject: Subject): Tally {
  const { name, make, cases } = subject
  const tally = new Comparisons(name, 'derivatives of draws by the cdf')
  cases.forEach((item, seed) => {
    if (!call(make, item.args).cdf) return
    const isDifferentiable = differentiable(item)
    item.leaves.forEach((leaf, index) => {
      const width = stepOf(item, index)
      if (!isDifferentiable[index] || typeof leaf.value !== 'number' || width === undefined) return
      const theta = leaf.value
      const nodes = [-2, -1, 1, 2].map((k) => theta + k * width)
      const replace = (x: number | Tensor): ReturnType<typeof call> =>
        call(
          make,
          withLeaves(
            item,
            item.leaves.map((_, i) => (i === index ? x : undefined)),
          ),
        )
      tf.tidy(() => {
        const parameter = repeated(theta, COUNT)
        const x = replace(parameter).sample(key(seed))
        const [got] = gradients((p) => replace(p!).sample(key(seed)), [parameter])
        const at = replace(theta)
        const probabilities = at.cdf!(x).dataSync()
        const densities = at.logProb(x).dataSync()
        let tables: (Float32Array | Int32Array | Uint8Array)[]
        try {
          tables = nodes.map((node) => replace(node).cdf!(x).dataSync())
        } catch {
          return
        }
        const [a, b, c, d] = tables
        const found = got!.dataSync()
        const values = x.dataSync()
        found.forEach((derivative, i) => {
          const p = probabilities[i]!
          // A draw that float32 rounded by more than a part of the spread has lost its derivative's digits.
          const isCoarse = Math.abs(values[i]!) * 2 ** -23 * Math.exp(densities[i]!) > 1e-4
          if (p < 0.1 || p > 0.9 || isCoarse) return
          const slope = (a![i]! - 8 * b![i]! + 8 * c![i]! - d![i]!) / (12 * width)
          const density = Math.exp(densities[i]!)
          const expected = -slope / density
          const noise = 3e-7 / width / density
          const allowed = Math.max(2e-3 * Math.abs(expected), noise, 1e-37)
          const where = `case "${item.name}", draw ${values[i]} in ${leaf.name}`
          tally.compare({ at: where, expected, got: derivative, allowed })
        })
      })
    })
  })
  return tally.close()
}

/** A step of the size of 1 / score by the oracle; undefined where float32 cannot make it. */
function stepOf({ leaves, gradient, second }: Case, index: number): number | undefined {
  const rows = gradient?.leaves[index] ?? []
  const sizes = rows
    .map((row, v) =>
      Math.max(Math.abs(row[0] ?? 0), Math.sqrt(Math.abs(second?.leaves[index]?.[v]?.[0] ?? 0))),
    )
    .filter((size) => size > 0)
    .sort((a, b) => a - b)
  const theta = leaves[index]!.value
  const median = sizes[sizes.length >> 1]
  if (typeof theta !== 'number' || median === undefined) return undefined
  const width = STEP / median
  return Math.abs(theta) * 2 ** -23 > 1e-3 * width ||
    !(width < 0.2 * Math.abs(theta) || theta === 0 || width < 1)
    ? undefined
    : width
}

/**
 * The two gradients of an expectation agree: E[∇φ(x)·∂x/∂θ] by draws that are differentiated, and E[φ(x) ∂log p/∂θ]
 * by the score, for φ = cos of a standardized projection. Holds in any number of dimensions, where the support does
 * not depend on θ.
 */
export function checkScoreAgainstPath({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'reparameterized against score-function gradients')
  cases.forEach((item, seed) => {
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
        const parameter = repeated(leaf.value, MANY)
        const x = replace(parameter).sample(key(seed))
        const size = sizeOf(leaf.shape)
        for (const feature of featuresOf(x)) {
          const weight = feature(x).dataSync()
          const [score] = gradients((p) => replace(p!).logProb(x), [parameter])
          const [path] = gradients((p) => feature(replace(p!).sample(key(seed))), [parameter])
          const [s, g] = [score!.dataSync(), path!.dataSync()]
          for (let i = 0; i < Math.min(size, 9); i++) {
            const difference = Float64Array.from({ length: MANY }, (_, row) => {
              const at = row * size + i
              return g[at]! - weight[row]! * s[at]!
            })
            const found = meanTest(difference)
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

/** cos(a · z + b) of standardized draws z, for some directions a. */
function featuresOf(x: Tensor): ((x: Tensor) => Tensor)[] {
  const [count, ...event] = x.shape
  const size = sizeOf(event)
  const flat = tf.reshape(x, [count!, size])
  const { mean, variance } = tf.moments(flat, 0)
  const scale = tf.sqrt(tf.add(variance, 1e-30))
  return [0, 1].map((k) => {
    const direction = tf.tensor(
      Array.from({ length: size }, (_, i) => Math.cos(1 + 3 * i + 5 * k) / Math.sqrt(size)),
      [size, 1],
    )
    return (y: Tensor) => {
      const z = tf.div(tf.sub(tf.reshape(y, [count!, size]), mean), scale)
      return tf.cos(tf.add(tf.reshape(tf.matMul(z, direction as tf.Tensor2D), [count!]), 0.7 + k))
    }
  })
}
