import { expect, test } from 'vitest'
import { exp, expm1 } from '../../src/wasm/maths/exp.ts'
import { log, log1p } from '../../src/wasm/maths/log.ts'
import { sigmoid, softplus, tanh } from '../../src/wasm/maths/sigmoid.ts'
import { PRECISIONS, run } from './run.ts'
import { roundTo, series, ulps } from './ulps.ts'

// The truth is what Math gives in float64, which is within 1 ulp there; or what these identities make of it.

const FUNCTIONS = [
  ['exp', exp, Math.exp],
  ['expm1', expm1, Math.expm1],
  ['log', log, Math.log],
  ['log1p', log1p, Math.log1p],
  ['tanh', tanh, Math.tanh],
  ['sigmoid', sigmoid, (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))],
  ['softplus', softplus, (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))],
] as const

/** Both signs of all sizes, the whole range of exponents, and what is no usual number. */
const GRID = [
  0,
  -0,
  1,
  -1,
  0.5,
  NaN,
  Infinity,
  -Infinity,
  1e-40,
  1e-300,
  2 ** -149,
  2 ** -1074,
  ...series(3000, (i) => -750 + i / 2),
  ...series(3000, (i) => -3 + i / 500),
  ...series(3000, (i) => 10 ** (-12 + i / 100)),
  ...series(3000, (i) => -(10 ** (-12 + i / 100))),
  ...series(3000, (i) => -105 + i * 0.07),
]

test.each(FUNCTIONS)(
  '%s is within 2.5 ulp, and exact where the result is 0, infinite or NaN',
  (_, f, truth) => {
    for (const precision of PRECISIONS) {
      const xs = GRID.map(roundTo(precision))
      for (const isVector of [false, true]) {
        const ys = run(f, xs, precision, isVector)
        const far = xs.findIndex((x, i) => !(ulps(ys[i]!, truth(x), precision) <= 2.5))
        expect(far, `${precision}${isVector ? ' vector' : ''} at ${xs[far]}: ${ys[far]}`).toBe(-1)
      }
    }
  },
)
