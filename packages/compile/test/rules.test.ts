import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { UnsupportedError } from '@variate/core'
import * as internal from '@variate/core/internal'
import * as ops from '@variate/core/ops'
import type { Node } from '../src/graph/node.ts'
import { grad } from '../src/index.ts'
import { DENSITIES } from '../src/lower/densities.ts'
import { ruleOf } from '../src/lower/elementwise.ts'
import { OF_ORDERS } from '../src/lower/ofOrders.ts'
import { SPECIAL } from '../src/lower/special.ts'
import { trace } from '../src/trace/trace.ts'
import { PRECISIONS, runBoth } from './wasm/run.ts'
import { roundTo } from './wasm/ulps.ts'

// The kernels of core, and those of their derivatives, are the truth for what they are written as in instructions.

type Op = (...args: tf.Tensor[]) => tf.Tensor

const REAL = [0, 1, -1, 0.5, -0.5, 1e-6, -1e-6, 3.3, -3.3, 20, -20, 88, -88, 1e4, -1e4]
const POSITIVE = [1e-30, 1e-6, 0.02, 0.5, 1, 1.7, 2, 7.9, 8, 12.5, 300, 2e4, 1e7]
const MODERATE = [1e-3, 0.02, 0.5, 1, 1.7, 2, 7.9, 8, 12.5, 300, 2e4]
const UNIT = [0, 1e-30, 1e-5, 0.02, 0.25, 0.3, 0.5, 0.7, 0.75, 0.98, 1 - 2 ** -20, 1]
const INSIDE = UNIT.slice(1, -1)
const COUNT = [0, 1, 2, 7, 8, 9, 60, 2e4]
const NEGATIVE = [0, -1e-30, -1e-6, -0.1, -0.6, -0.7, -1, -5, -60, -200]
const LOGIT = [0, 0.3, -0.3, 4, -4, 60, -60, 500, -500]

const { trigamma, polygamma } = ops
/** Ops, with what their arguments are taken from. */
const OPS: readonly (readonly [f: unknown, ...pools: (readonly number[])[]])[] = [
  [ops.asin, [...UNIT, -0.3, -0.7, -1, 2]],
  [ops.asinh, REAL],
  [ops.atan, REAL],
  [ops.atanh, [...INSIDE, -0.3, -1]],
  [ops.cos, REAL],
  [ops.digamma, [...REAL, ...POSITIVE]],
  [ops.erf, REAL],
  [ops.erfc, REAL],
  [ops.erfcx, [...REAL.filter((x) => x > -9), 5]],
  [ops.erfinv, [...UNIT, -0.3, -0.98]],
  [ops.i0e, REAL],
  [ops.i1e, REAL],
  [ops.lgamma, [...REAL, ...POSITIVE, -0.2, -7.7]],
  [ops.log1mexp, NEGATIVE],
  [ops.logAddExp, REAL, REAL],
  [ops.logCosh, REAL],
  // Farther down the slope of the derivative has lost digits in core.
  [ops.logNdtr, REAL.filter((x) => x > -50)],
  [ops.ndtr, REAL],
  [ops.ndtri, UNIT],
  [ops.pow, POSITIVE, [0, 1, -1, 0.5, 2.5, -3]],
  [ops.sin, REAL],
  [ops.softplusInverse, [0, ...POSITIVE]],
  [ops.tan, REAL],
  [trigamma, [...REAL, ...POSITIVE]],
  [(x: tf.Tensor) => polygamma(0, x), POSITIVE],
  [ops.xlog1py, REAL, [...INSIDE, -0.5, 40]],
  [ops.xlogy, REAL, POSITIVE],
  [internal.betaEntropy, MODERATE, MODERATE],
  [internal.cauchyCdf, REAL],
  [internal.cauchyLogDensity, REAL, POSITIVE],
  [internal.cauchyQuantile, INSIDE],
  [internal.cothExcess, REAL],
  [internal.digammaDifference, POSITIVE, POSITIVE],
  [internal.gammaEntropy, POSITIVE],
  [internal.halfCauchyQuantile, UNIT],
  [internal.interpolateLogs, UNIT, MODERATE, MODERATE],
  [internal.inverseGaussianCdf, MODERATE, MODERATE, MODERATE],
  [internal.kumaraswamyCdf, MODERATE, MODERATE, INSIDE],
  [internal.lgammaDivergence, MODERATE, MODERATE],
  [internal.logBetaDensity, UNIT, UNIT.toReversed(), MODERATE, MODERATE],
  [internal.logBetaDensityOfUnit, MODERATE, MODERATE, UNIT],
  [internal.logBinomialDensity, COUNT, COUNT, LOGIT],
  [internal.logBinomialTrials, COUNT, COUNT, UNIT],
  [internal.logGammaDensity, MODERATE, [0, ...POSITIVE]],
  [internal.logGammaDensityOfRate, MODERATE, MODERATE, [0, ...POSITIVE]],
  [internal.logI0e, POSITIVE],
  [internal.logInflated, UNIT, NEGATIVE],
  [internal.logInverseGammaDensity, MODERATE, MODERATE, MODERATE],
  [internal.logInverseGaussianDensity, MODERATE, MODERATE, MODERATE],
  [internal.logKumaraswamyDensity, MODERATE, MODERATE, UNIT],
  [internal.logMinus, POSITIVE, REAL],
  [internal.logMinusDigamma, POSITIVE, POSITIVE],
  [internal.logNegativeBinomialDensity, COUNT, [0, ...MODERATE], LOGIT],
  [internal.logNegativeBinomialOfMean, COUNT, MODERATE, MODERATE],
  [internal.logNegativeBinomialTrials, COUNT, MODERATE, UNIT],
  [internal.logOddsDensity, MODERATE, MODERATE, [0, ...MODERATE], [0, ...MODERATE]],
  [internal.betaincOfOdds, MODERATE, MODERATE, MODERATE, MODERATE],
  [internal.logRatio, POSITIVE, POSITIVE],
  [internal.logRelaxedBernoulli, INSIDE, MODERATE, LOGIT],
  [internal.logTilt, UNIT, LOGIT],
  [internal.tiltCdf, UNIT, LOGIT],
  [(t: tf.Tensor) => internal.tiltCumulant(0, t), LOGIT],
  [internal.tiltQuantile, UNIT, LOGIT],
  [internal.logTrials, COUNT, COUNT, UNIT],
  [internal.logWeibullDensity, MODERATE.slice(0, -1), MODERATE, [0, ...MODERATE]],
  [internal.plusExpMinus, REAL.filter((x) => x > -80)],
  [internal.ratioPower, MODERATE.slice(0, -1), MODERATE, MODERATE],
  [internal.stretched, MODERATE, [0, 1, -1, 3, -9], MODERATE],
  [internal.studentTLogDensity, REAL, POSITIVE],
  [ops.gammainc, MODERATE, [0, ...POSITIVE]],
  [internal.truncatedNormalOrigin, REAL, MODERATE],
  [internal.weibullLogMomentRatio, MODERATE],
  [tf.atan2, REAL, REAL],
]

/** What the arguments of kernels are taken from that only derivatives run. */
const PARTS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  bernoulli: [[0, ...MODERATE]],
  bernoulliRest: [[0, ...MODERATE]],
  bernoulliSlope: [[0, ...MODERATE]],
  logOneMinusPower: [MODERATE, INSIDE],
  tiltCumulant: [LOGIT],
}

interface Found {
  readonly constants: internal.Constants
  readonly f: (...args: number[]) => number
  readonly rows: readonly (readonly number[])[]
}

/** The derivative of the sum of what `f` gives, in argument `i`. */
const slope =
  (f: Op, i: number): Op =>
  (...xs) =>
    grad((x: tf.Tensor, ...others: tf.Tensor[]) => tf.sum(f(...others.toSpliced(i, 0, x))))(
      xs[i]!,
      ...xs.toSpliced(i, 1),
    )

/** The nodes of a trace; none if core has no formula for it. */
function nodesOf(f: Op, arity: number): readonly Node[] {
  const specs = Array.from({ length: arity }, () => ({ shape: [1], dtype: 'float32' as const }))
  try {
    return trace(specs, (xs) => [f(...xs)]).graph.nodes
  } catch (error) {
    if (error instanceof UnsupportedError) return []
    throw error
  }
}

/** The kernels that ops and their first and second derivatives run, by name and order, with arguments to run them with. */
function findKernels(): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>()
  for (const [op, ...pools] of OPS) {
    const derivatives = pools.map((_, i) => slope(op as Op, i))
    const seconds = derivatives.flatMap((d) => pools.map((_, i) => slope(d, i)))
    const nodes = [op as Op, ...derivatives, ...seconds].flatMap((f) => nodesOf(f, pools.length))
    for (const { op: name, attributes, kernel, inputs } of nodes) {
      if (!kernel?.elementwise) continue
      const constants = attributes['constants'] as internal.Constants
      const [order, ...others] = name in OF_ORDERS ? constants : ['', ...constants]
      const own = PARTS[name] ?? pools
      const key = `${name}${order}`
      if (inputs.length !== own.length || others.some((c) => c !== null) || found.has(key)) continue
      const rows = own.reduce<number[][]>(
        (all, pool) => all.flatMap((row) => pool.map((x) => [...row, x])),
        [[]],
      )
      found.set(key, { constants, f: kernel.elementwise.f, rows })
    }
  }
  return found
}

const kernels = findKernels()
const orders = Object.entries(OF_ORDERS).flatMap(([name, rules]) =>
  rules.flatMap((rule, i) => (rule ? `${name}${i}` : [])),
)
const names = [...Object.keys(SPECIAL), ...Object.keys(DENSITIES), ...orders]

/** Of a number from 0 to 1, and of what is left of 1. */
const isComplement = ([x, y]: readonly number[]): boolean => Math.abs(x! + y! - 1) < 1e-12

test('there is a kernel to compare with for each rule', () => {
  expect(names.filter((name) => !kernels.has(name))).toEqual([])
})

test.each(names)('%s in instructions is what it is in core', (key) => {
  const { constants, f, rows } = kernels.get(key)!
  const order = constants[0] ?? undefined
  const rule = ruleOf(order === undefined ? key : key.slice(0, -1), constants)!
  for (const precision of PRECISIONS) {
    const [width, bound] = precision === 'float32' ? [2 ** -23, 4] : [2 ** -52, 2000]
    const round = roundTo(precision)
    const rounded = rows
      .filter((row) => key !== 'logBetaDensity' || isComplement(row))
      .map((row) => row.map(round))
    const results = runBoth(
      (l, ...args) => rule(l, ...(order === undefined ? [] : [l.constant(order)]), ...args),
      rounded,
      precision,
    )
    for (const [i, row] of rounded.entries()) {
      const truth = round(f(...(order === undefined ? row : [order, ...row])))
      const got = results[i]!
      const error = Object.is(got, truth) ? 0 : Math.abs(got - truth) / Math.max(Math.abs(truth), 1)
      expect(error / width, `${precision} at ${row}: ${got}, not ${truth}`).toBeLessThanOrEqual(bound)
    }
  }
})
