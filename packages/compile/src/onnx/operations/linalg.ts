import { ASYMMETRY } from '@variate/core/internal'
import { sizeOf, type Node } from '../../graph/node.ts'
import type { Value } from '../../wasm/value.ts'
import { log } from '../../wasm/maths/log.ts'
import type { Emission } from '../emission.ts'
import { tensorOf } from '../onnxLanes.ts'
import type { Rule } from '../rule.ts'
import { factored, solved } from './cholesky.ts'
import { wide, type Wide } from './wide.ts'

const FORWARD = { lower: true, transpose: false }
const BACKWARD = { lower: true, transpose: true }

const sizeOfMatrix = ({ inputs: [a] }: Node): number => a!.shape.at(-1)!

/** A rule in float64; of no elements, or of matrices without rows, it is a number. */
function inFloat64(rule: (node: Node, w: Wide, n: number, e: Emission) => Value, ofNone = 0): Rule {
  return (node, e) => {
    const isNone = sizeOf(node.shape) === 0 || node.inputs.some(({ shape }) => sizeOf(shape) === 0)
    if (isNone) return e.graph.filled(ofNone, e.type(node.dtype), node.shape)
    const w = wide(e)
    const made = rule(node, w, sizeOfMatrix(node), e)
    return node.dtype === 'bool' ? tensorOf(made) : w.result(made)
  }
}

/** The diagonals of matrices [..., n, n], [..., n]. */
function diagonal(w: Wide, a: Value, n: number): Value {
  const isOn = w.mask([n, n], ([i, j]) => i === j)
  return w.sum(w.l.select(isOn, a, w.l.constant(0)), -1)
}

/** NaN throughout a matrix whose lower triangle holds one, as core has it: what comes of it is NaN. */
const lowerHasNaN = (w: Wide, a: Value, n: number): Value => {
  const { l } = w
  const isLower = w.mask([n, n], ([i, j]) => j! <= i!)
  const count = l.select(l.both(isLower, l.ne(a, a)), l.constant(1), l.constant(0))
  return l.gt(w.sum(w.sum(count, -1), -1), l.constant(0))
}

/**
 * Linear algebra in float64, written out for the size of the matrices: where core refuses a matrix that is not positive
 * definite, the result is NaN.
 */
export const LINALG: Readonly<Record<string, Rule>> = {
  cholesky: inFloat64(({ inputs: [a] }, w, n) => factored(w, w.of(a!), n).factor),
  // ½·(X + Xᵀ) of X = L⁻ᵀ·Φ(Lᵀ·D)·L⁻¹, Φ the lower triangle with its diagonal halved (Murray 2016, equation 10).
  choleskyGradient: inFloat64(({ inputs: [factor, slopes], shape }, w, n) => {
    const { l } = w
    const rank = shape.length
    const lower = (x: Value): Value =>
      l.select(
        w.mask([n, n], ([i, j]) => j! <= i!),
        x,
        l.constant(0),
      )
    const own = lower(w.of(factor!))
    const product = w.product(w.turned(own, factor!.shape.length), lower(w.of(slopes!)))
    const isOn = w.mask([n, n], ([i, j]) => i === j)
    const halved = lower(l.select(isOn, l.mul(l.constant(0.5), product), product))
    const left = w.turned(solved(w, own, halved, n, BACKWARD), rank)
    const x = solved(w, own, left, n, BACKWARD)
    return l.mul(l.constant(0.5), l.add(x, w.turned(x, rank)))
  }),
  logDeterminant: inFloat64(({ inputs: [a] }, w, n) => {
    const pivots = diagonal(w, factored(w, w.of(a!), n).factor, n)
    return w.l.mul(w.l.constant(2), w.sum(log(w.l, pivots), -1))
  }),
  isPositiveDefinite: inFloat64(({ inputs: [a], shape }, w, n) => {
    const { l } = w
    const x = w.of(a!)
    const rank = a!.shape.length
    const own = w.op('Unsqueeze', diagonal(w, x, n), [-1])
    const size = l.sqrt(l.abs(l.mul(own, w.turned(own, rank))))
    const isFar = l.gt(l.abs(l.sub(x, w.turned(x, rank))), l.mul(l.constant(ASYMMETRY), size))
    const far = w.sum(w.sum(l.select(isFar, l.constant(1), l.constant(0)), -1), -1)
    const { isPositive } = factored(w, x, n)
    const ofPivots = w.flag(isPositive, shape)
    return l.both(l.eq(far, l.constant(0)), l.either(lowerHasNaN(w, x, n), ofPivots))
  }, 1),
  triangularSolve: inFloat64(({ inputs: [t, b], attributes }, w, n) =>
    solved(w, w.of(t!), w.of(b!), n, attributes as never),
  ),
  solvePositive: inFloat64(({ inputs: [a, b] }, w, n) => {
    const { factor } = factored(w, w.of(a!), n)
    return solved(w, factor, solved(w, factor, w.of(b!), n, FORWARD), n, BACKWARD)
  }),
  squaredMahalanobis: inFloat64(({ inputs: [a, d] }, w, n) => {
    const { factor } = factored(w, w.of(a!), n)
    const z = w.op('Squeeze', solved(w, factor, w.op('Unsqueeze', w.of(d!), [-1]), n, FORWARD), [-1])
    return w.sum(w.l.mul(z, z), -1)
  }),
}
