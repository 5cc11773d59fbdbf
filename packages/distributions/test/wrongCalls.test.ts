import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { DomainError, key, NdArray, ShapeError, UnsupportedError } from '@variate/core'
import { describe, expect, test } from 'vitest'
import * as typed from '../src/index.ts'

/** What JavaScript sees: functions of anything. */
type Untyped = ((...args: readonly unknown[]) => Untyped) & { readonly [name: string]: Untyped }

const {
  bernoulli,
  biject,
  categorical,
  censored,
  constraints,
  delta,
  estimateKlDivergence,
  expand,
  folded,
  improperUniform,
  independent,
  klDivergence,
  klUpperBound,
  masked,
  mixture,
  multivariateNormal,
  normal,
  poisson,
  transformed,
  truncated,
  wishart,
  zeroInflated,
} = typed as unknown as Readonly<Record<string, Untyped>>

const d = typed.normal(0, 1) as unknown as Untyped
const k = key(0)
const NUMBERS = 'must be a number, an array of numbers or a tensor, got'
const halves = { probs: [0.5, 0.5] }

function disposed(): tf.Tensor {
  const x = tf.tensor1d([1])
  x.dispose()
  return x
}

type Table = readonly (readonly [call: string, run: () => unknown, message: string])[]

function refuses(kind: new (message: string) => Error, table: Table): void {
  test.each(table)('%s', (_, run, message) => {
    expect(run).toThrow(kind)
    expect(run).toThrow(message)
  })
}

describe('parameters that are no numbers are refused', () => {
  refuses(DomainError, [
    ['normal()', () => normal!(), `normal: loc ${NUMBERS} undefined`],
    ['normal(0)', () => normal!(0), `normal: scale ${NUMBERS} undefined`],
    ['a string', () => normal!('0', 1), `normal: loc ${NUMBERS} "0"`],
    ['undefined', () => normal!(undefined, 1), `normal: loc ${NUMBERS} undefined`],
    ['null', () => normal!(null, 1), `normal: loc ${NUMBERS} null`],
    ['a boolean', () => normal!(true, 1), `normal: loc ${NUMBERS} true`],
    ['a bigint', () => normal!(1n, 1), `normal: loc ${NUMBERS} "1n"`],
    ['a symbol', () => normal!(Symbol('x'), 1), `normal: loc ${NUMBERS} Symbol(x)`],
    ['a record', () => normal!({ loc: 0 }, 1), `normal: loc ${NUMBERS} {"loc":0}`],
    ['a distribution', () => normal!(d, 1), `normal: loc ${NUMBERS} {"loc":0,"scale":1,"name":"normal"`],
    ['a function', () => normal!(() => 0, 1), `normal: loc ${NUMBERS} () => 0`],
    ['strings in arrays', () => normal!([1, 'a'], 1), `normal: loc ${NUMBERS} "a"`],
    ['bigints in arrays', () => normal!([1n], 1), `normal: loc ${NUMBERS} "1n"`],
    ['an array of bigints', () => normal!(new BigInt64Array(2), 1), `normal: loc ${NUMBERS} "0n"`],
    ['a hole', () => normal!(Array.from({ length: 2 }), 1), `normal: loc ${NUMBERS} undefined`],
    ['NaN in arrays', () => normal!([0, Number.NaN], 1), 'normal: loc must be finite, got NaN at [1]'],
    ['strings in data', () => normal!({ data: ['1'], shape: [1] }, 1), `normal: loc ${NUMBERS} "1"`],
    ['data without a shape', () => normal!({ data: [1] }, 1), `normal: loc ${NUMBERS} {"data":[1]}`],
    ['a disposed tensor', () => normal!(0, disposed()), 'normal: scale is a disposed tensor: keep it'],
    [
      'a tensor that is disposed later',
      () => {
        const scale = tf.scalar(1)
        const later = normal!(0, scale) as Untyped
        ;(later['logProb']!(0) as unknown as tf.Tensor).dispose()
        scale.dispose()
        return later['logProb']!(0)
      },
      'normal: scale is a disposed tensor: keep it',
    ],
  ])
  refuses(ShapeError, [
    ['ragged rows', () => normal!([[1], [1, 2]], 1), 'normal: loc is ragged: its rows differ in length'],
    [
      'data that do not fill their shape',
      () => normal!({ data: [1, 2], shape: [3] }, 1),
      'normal: loc: shape [3] does not hold 2 elements',
    ],
  ])
})

describe('options without the one that is needed are refused', () => {
  refuses(DomainError, [
    ['bernoulli()', () => bernoulli!(), 'bernoulli: give an object with probs or logits, got undefined'],
    ['null', () => bernoulli!(null), 'bernoulli: give an object with probs or logits, got null'],
    ['a number', () => bernoulli!(0.5), 'bernoulli: give an object with probs or logits, got 0.5'],
    [
      'a typing error',
      () => bernoulli!({ prob: 0.5 }),
      'bernoulli: give either probs or logits, got {"prob":0.5}',
    ],
    ['null for probs', () => bernoulli!({ probs: null }), `bernoulli: probs ${NUMBERS} null`],
    [
      'an array',
      () => categorical!([0.5, 0.5]),
      'categorical: give an object with probs or logits, got [0.5,0.5]',
    ],
    [
      'categorical()',
      () => categorical!(),
      'categorical: give an object with probs or logits, got undefined',
    ],
    ['a string for probs', () => categorical!({ probs: 'a' }), `categorical: probs ${NUMBERS} "a"`],
    [
      'multivariateNormal(loc)',
      () => multivariateNormal!([0, 0]),
      'multivariateNormal: give an object with scaleTril or covariance or precision, got undefined',
    ],
    ['wishart(df)', () => wishart!(3), 'wishart: give an object with scaleTril or scale, got undefined'],
    [
      'zeroInflated(d)',
      () => zeroInflated!(poisson!(1)),
      'zeroInflated: give an object with gate or gateLogits',
    ],
    ['mixture([])', () => mixture!([]), 'mixture: give an object with probs or logits, got []'],
    ['truncated(d)', () => truncated!(d), 'truncated: give low, high or both'],
    ['truncated(d, null)', () => truncated!(d, null), 'truncated: give low, high or both'],
    ['censored(d)', () => censored!(d), 'censored: give low, high or both'],
  ])
  refuses(ShapeError, [
    [
      'a number of categories',
      () => categorical!({ probs: 0.5 }),
      'categorical: probs must be a vector or an array of them, got shape []',
    ],
    ['no components', () => mixture!(halves, []), 'mixture: there are no components'],
  ])
})

describe('what should be a distribution is refused', () => {
  const MUST = 'must be a distribution, such as normal(0, 1), got'
  refuses(DomainError, [
    ['truncated(0)', () => truncated!(0, { low: 1 }), `truncated: base ${MUST} 0`],
    ['censored()', () => censored!(), `censored: base ${MUST} undefined`],
    ['folded(3)', () => folded!(3), `folded: base ${MUST} 3`],
    ['masked()', () => masked!(undefined, true), `masked: base ${MUST} undefined`],
    ['expand(null)', () => expand!(null, [2]), `expand: base ${MUST} null`],
    ['independent()', () => independent!(), `independent: base ${MUST} undefined`],
    ['a factory', () => transformed!(() => 1, {}), `transformed: base ${MUST} () => 1`],
    ['zeroInflated({})', () => zeroInflated!({}, { gate: 0.5 }), `zeroInflated: base ${MUST} {}`],
    ['mixture(w)', () => mixture!(halves), `mixture: components ${MUST} undefined`],
    ['mixture(w, [1, 2])', () => mixture!(halves, [1, 2]), `mixture: components ${MUST} 1`],
    ['klDivergence()', () => klDivergence!(), `klDivergence: p ${MUST} undefined`],
    ['klDivergence(p)', () => klDivergence!(d), `klDivergence: q ${MUST} undefined`],
    [
      'estimateKlDivergence(key, p)',
      () => estimateKlDivergence!(k, d),
      `estimateKlDivergence: q ${MUST} undefined`,
    ],
    ['klUpperBound(p, 1)', () => klUpperBound!(d, 1), `klUpperBound: p ${'must be a mixture, got'} normal`],
    [
      'transformed(d)',
      () => transformed!(d),
      'transformed: maps must be bijectors, such as biject.exp, got undefined',
    ],
    [
      'a function for a bijector',
      () => transformed!(d, [Math.exp]),
      'transformed: maps must be bijectors, such as biject.exp, got function exp',
    ],
    [
      'biject(d)',
      () => biject!(d),
      'biject: the set must be a constraint, such as normal(0, 1).support, got {"loc"',
    ],
  ])
  refuses(UnsupportedError, [
    [
      'truncated without quantiles',
      () => truncated!(folded!(d), { low: 1 }),
      'truncated: folded has no icdf',
    ],
    [
      'censored without cdf',
      () => censored!(mixture!(halves, typed.improperUniform(typed.constraints.real, [2])), { low: 1 }),
      'censored: mixture has no cdf',
    ],
    [
      'counts',
      () => transformed!(poisson!(1), biject!['exp']),
      'transformed: poisson is discrete: it has no density to transform',
    ],
    [
      'densities',
      () => zeroInflated!(d, { gate: 0.5 }),
      'zeroInflated: the base must be discrete, got normal',
    ],
  ])
})

describe('values and draws', () => {
  const fit = d['fit']!
  refuses(DomainError, [
    ['logProb()', () => d['logProb']!(), `normal: value ${NUMBERS} undefined`],
    ['logProb(string)', () => d['logProb']!('a'), `normal: value ${NUMBERS} "a"`],
    ['cdf([string])', () => d['cdf']!([1, 'a']), `normal: value ${NUMBERS} "a"`],
    ['icdf()', () => d['icdf']!(), `normal: probability ${NUMBERS} undefined`],
    ['logProb(disposed)', () => d['logProb']!(disposed()), 'normal: value is a disposed tensor: keep it'],
    ['sufficientStatistics()', () => d['sufficientStatistics']!(), `normal: value ${NUMBERS} undefined`],
    [
      'logBaseMeasure(disposed)',
      () => d['logBaseMeasure']!(disposed()),
      'normal: value is a disposed tensor',
    ],
    ['fit()', () => fit(), `normal.fit: observations ${NUMBERS} undefined`],
    ['fit(number)', () => fit(3), 'normal.fit: there are no observations in shape []'],
    ['fit(x, strings)', () => fit([1, 2], { weights: 'a' }), `normal.fit: weights ${NUMBERS} "a"`],
    ['sample()', () => d['sample']!(), 'normal.sample: expected a key, as key(seed) gives it, got undefined'],
    ['sample(seed)', () => d['sample']!(0), 'normal.sample: expected a key, as key(seed) gives it, got 0'],
    [
      'sample(shape)',
      () => d['sample']!([2]),
      'normal.sample: expected a key, as key(seed) gives it, got [2]',
    ],
    ['a key of what is certain', () => (delta!(0) as Untyped)['sample']!(), 'delta.sample: expected a key'],
  ])
  refuses(ShapeError, [
    ['ragged rows', () => d['logProb']!([[1], [1, 2]]), 'normal: value is ragged: its rows differ in length'],
    [
      'an event of another length',
      () =>
        (
          multivariateNormal!([0, 0], {
            scaleTril: [
              [1, 0],
              [0, 1],
            ],
          }) as Untyped
        )['sufficientStatistics']!([1, 2, 3]),
      'multivariateNormal: value must end in the event shape [2], got shape [3]',
    ],
    [
      'sample(key, 3)',
      () => d['sample']!(k, 3),
      'normal.sample: shape must be an array of whole numbers ≥ 0, such as [3] or [], got 3',
    ],
    [
      'sample(key, null)',
      () => d['sample']!(k, null),
      'normal.sample: shape must be an array of whole numbers ≥ 0, such as [3] or [], got null',
    ],
    ['sample(key, [-1])', () => d['sample']!(k, [-1]), 'got [-1]'],
    ['sample(key, [1.5])', () => d['sample']!(k, [1.5]), 'got [1.5]'],
    [
      'sample(tensor)',
      () => d['sample']!(tf.zeros([2])),
      'normal.sample: expected a key, int32 [2], got float32 [2]',
    ],
    [
      'expand(d)',
      () => expand!(d),
      'expand: shape must be an array of whole numbers ≥ 0, such as [3] or [], got undefined',
    ],
    ['expand(d, [-1])', () => expand!(d, [-1]), 'got [-1]'],
    [
      'improperUniform(set, 3)',
      () => improperUniform!((constraints as Untyped)['real'], 3),
      'improperUniform: shape must be',
    ],
    [
      'half an axis',
      () => delta!(0, { eventRank: 0.5 }),
      'delta: eventRank must be a whole number from 0 to 0, got 0.5',
    ],
    [
      'axes that the value has not',
      () => delta!([0], { eventRank: 2 }),
      'delta: eventRank must be a whole number from 0 to 1, got 2',
    ],
  ])
})

test('data of other kinds are copied as they are', () => {
  const loc = new Float64Array([1, 2])
  const made = typed.normal(new NdArray(loc, [2]), 1)
  loc[0] = 9
  expect(made.parameters['loc']).toEqual({ data: new Float64Array([1, 2]), shape: [2] })
  expect(typed.normal({ data: [1, 2, 3, 4], shape: [2, 2] } as never, 1).batchShape).toEqual([2, 2])
  expect(typed.normal([new Float32Array([1, 2])] as never, 1).batchShape).toEqual([1, 2])
})
