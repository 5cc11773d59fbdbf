import type * as tf from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile } from '../../src/index.ts'
import { bitsOf } from './bits.ts'

type Draw = (k: tf.Tensor) => tf.Tensor

const SHAPE = [3000]

/** Draws of every kind, of parameters that take every way of drawing. */
const DRAWS: Readonly<Record<string, Draw>> = {
  binomials: (k) => ops.drawBinomial(k, SHAPE, 60, ops.constant(steps(0.02, 0.98))),
  categories: (k) => ops.drawCategorical(k, SHAPE, ops.constant([0.1, 0.2, 0.7])),
  gammas: (k) => ops.drawGamma(k, SHAPE, ops.constant(steps(0.1, 9))),
  'geometric counts': (k) => ops.drawGeometric(k, SHAPE, 0.01),
  Gumbels: (k) => ops.drawGumbel(k, SHAPE),
  'hypergeometric counts': (k) => ops.drawHypergeometric(k, SHAPE, 80, 60, 50),
  'inverse Gaussians': (k) => ops.drawInverseGaussian(k, SHAPE, 2, ops.constant(steps(0.1, 9))),
  'log odds of betas': (k) => ops.drawLogOdds(k, SHAPE, 0.4, ops.constant(steps(0.5, 2))),
  multinomials: (k) => ops.drawMultinomial(k, [1000, 3], 70, ops.constant([0.1, 0.2, 0.7])),
  normals: (k) => ops.drawNormal(k, SHAPE),
  'Poisson counts': (k) => ops.drawPoisson(k, SHAPE, ops.constant(steps(1, 60))),
  'skew normals': (k) => ops.drawSkewNormal(k, SHAPE, ops.constant(steps(-3, 3))),
  "Student's t": (k) => ops.drawStudentT(k, SHAPE, ops.constant(steps(0.5, 9))),
  'truncated normals': (k) => ops.drawTruncatedNormal(k, SHAPE, ops.constant(steps(-3, 3)), 4),
  uniforms: (k) => ops.drawUniform(k, SHAPE),
  'von Mises angles': (k) => ops.drawVonMises(k, SHAPE, ops.constant(steps(0.1, 9))),
  'whole numbers': (k) => ops.drawRandint(k, SHAPE, 0, 9),
}

/** Numbers from one to another, one for each draw, that no function of JavaScript is needed for. */
function steps(from: number, to: number): number[] {
  return Array.from({ length: SHAPE[0]! }, (_, i) => from + ((to - from) * i) / SHAPE[0]!)
}

/** The bits of draws, by their names. */
export function bitsOfDraws(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (['float32', 'float64'] as const).flatMap((precision) =>
      Object.entries(DRAWS).map(([name, draw]) => {
        const f = compile(draw, { precision, reproducible: true })
        return [`${name}, ${precision}`, bitsOf(f(Int32Array.from(key(12))))]
      }),
    ),
  )
}
