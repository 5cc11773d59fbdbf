import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, NdArray, UnsupportedError, type Key } from '@variate/core'
import { add, affine, drawNormal, exp, mul, neg, slice, splitKey, square, sub, sum } from '@variate/core/ops'
import { boundedLog } from './flows/boundedLog.ts'
import { network } from './flows/network.ts'
import type { ParamArrays, SiteTensors, ParamTree } from './variational.ts'
import type { VectorFamily } from './vector.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** The correlation that numbers of the vector begin with, each with an auxiliary number of its own. */
const TIE = 0.8

/**
 * a ~ N(0, I), z = loc + scale ⊙ (A·a + m(a) + exp(rest + s(a)) ⊙ ε), and a reverse model r(a | z) of the same form, of the
 * standardized z: m, s and those of r by networks. It begins with the first numbers of z correlated with those of a, as r knows: z is
 * normal with standard deviations `scale`, and nothing is lost by r. Were z independent of a, it would remain so.
 *
 * @param auxiliary how many numbers a has.
 */
export function hierarchicalVector(
  auxiliary: number,
  scale: number,
  hiddenOf: (size: number) => readonly number[],
): VectorFamily {
  const towards = (size: number): Conditional => conditional(auxiliary, size, hiddenOf(size))
  const backwards = (size: number): Conditional => conditional(size, auxiliary, hiddenOf(size))
  const standardized = (params: ParamTree, vector: Tensor): Tensor =>
    mul(sub(vector, params['loc'] as Tensor), exp(neg(params['logScale'] as Tensor)))
  return {
    name: 'hierarchical',
    init: (loc, key) => {
      const size = loc.shape[0]!
      return {
        loc,
        logScale: new NdArray(new Float64Array(size).fill(Math.log(scale)), [size]),
        towards: towards(size).init(foldIn(key, 0)),
        backwards: backwards(size).init(foldIn(key, 1)),
      }
    },
    draw: (params, key, size) => {
      const [keyOfAuxiliary, keyOfVector] = splitKey(key)
      const a = drawNormal(keyOfAuxiliary!, [auxiliary])
      const { loc, logScale } = towards(size).given(params['towards'] as ParamTree, a)
      const z = add(loc, mul(exp(logScale), drawNormal(keyOfVector!, [size])))
      const vector = add(params['loc'] as Tensor, mul(exp(params['logScale'] as Tensor), z))
      return { vector, more: { auxiliary: a } }
    },
    logProb: (params, { vector, more }, size) => {
      const a = auxiliaryOf(more)
      const { loc, logScale } = towards(size).given(params['towards'] as ParamTree, a)
      const density = logNormal(standardized(params, vector), loc, logScale)
      return add(logNormal(a, 0, 0), sub(density, sum(params['logScale'] as Tensor)))
    },
    logReverse: (params, { vector, more }, size) => {
      const z = standardized(params, vector)
      const { loc, logScale } = backwards(size).given(params['backwards'] as ParamTree, z)
      return logNormal(auxiliaryOf(more), loc, logScale)
    },
  }
}

/** A normal of some numbers, given others. */
interface Conditional {
  init(key: Key): ParamArrays
  given(params: ParamTree, x: Tensor): { readonly loc: Tensor; readonly logScale: Tensor }
}

function conditional(from: number, to: number, hidden: readonly number[]): Conditional {
  const bent = network([from, ...hidden, 2 * to])
  const tied = Math.min(from, to)
  return {
    init: (key) => {
      const links = Float64Array.from({ length: to * from }, (_, at) =>
        at % from === Math.floor(at / from) ? TIE : 0,
      )
      const rest = Float64Array.from({ length: to }, (_, i) => (i < tied ? 0.5 * Math.log(1 - TIE ** 2) : 0))
      return { links: new NdArray(links, [to, from]), rest: new NdArray(rest, [to]), bent: bent.init(key) }
    },
    given: (params, x) => {
      const raw = bent.apply(params['bent'] as ParamTree, x)
      return {
        loc: affine(params['links'] as Tensor, x, slice(raw, [0], [to])),
        logScale: add(params['rest'] as Tensor, boundedLog(slice(raw, [to], [to]))),
      }
    },
  }
}

function logNormal(x: Tensor, loc: Tensor | number, logScale: Tensor | number): Tensor {
  const standardized = mul(sub(x, loc), exp(neg(logScale)))
  return sum(sub(mul(-0.5, square(standardized)), add(logScale, HALF_LOG_TWO_PI)))
}

/** @throws UnsupportedError where it is not known. */
function auxiliaryOf(more: SiteTensors | undefined): Tensor {
  const a = more?.['auxiliary']
  if (a) return a
  throw new UnsupportedError(
    'hierarchical: log q of given latents is an integral over auxiliary variables: only of own draws is it known with them',
  )
}
