import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { NdArray } from '@variate/core'
import { add, concat, constant, exp, fill, logSigmoid, mul, neg, slice, sub, sum } from '@variate/core/ops'
import { scoreFunction, type Factor, type Problem, type Reader, type Values } from '@variate/estimators'
import { expect, test } from 'vitest'

// q: g, then cᵢ | g, then d | Σ cᵢ, and a chain hₜ | hₜ₋₁; each latent has a term of its own in log p, which reads it alone, so
// that what an early latent has a part in is found only through the later ones.
const params = {
  g: [0.3],
  c: [-0.2, 0.5, 0.9],
  cg: [1.1],
  d: [-0.7],
  dc: [0.6],
  h: [0.2, -0.4, 0.8],
  hh: [0.9],
}
const WEIGHTS = { g: [0.5], c: [1, -2, 0.7], d: [3], h: [-1, 0.4, 2] }

const at = (name: string, aligned: readonly string[]): Reader => ({ name, aligned })
const factor = (name: string, plates: readonly string[], factors: readonly Reader[]): Factor => ({
  name,
  sites: [name],
  plates,
  scale: 1,
  draws: 'discrete',
  terms: [at(name, plates)],
  factors,
})

const logits = (guide: Values, { g, c, h }: Values): Values => ({
  g: guide['g']!,
  c: add(guide['c']!, mul(guide['cg']!, g!)),
  d: add(guide['d']!, mul(guide['dc']!, sum(c!, 0, true))),
  h: add(guide['h']!, mul(guide['hh']!, concat([fill([1], 0), slice(h!, [0], [2])]))),
})
const scalar = ['g', 'd']
const perFactor = (f: (name: 'g' | 'c' | 'd' | 'h') => Tensor): Values =>
  Object.fromEntries(
    (['g', 'c', 'd', 'h'] as const).map((name) => [name, scalar.includes(name) ? sum(f(name)) : f(name)]),
  )

const problem = (values: Values): Problem => ({
  sizes: new Map([
    ['i', 3],
    ['t', 3],
  ]),
  factors: [
    factor('g', [], [at('c', [])]),
    factor('c', ['i'], [at('d', [])]),
    factor('d', [], []),
    factor('h', ['t'], [at('h', [])]),
  ],
  terms: [
    { name: 'g', plates: [], scale: 1 },
    { name: 'c', plates: ['i'], scale: 1 },
    { name: 'd', plates: [], scale: 1 },
    { name: 'h', plates: ['t'], scale: 1 },
  ],
  draw: () => values,
  logQ: ({ guide }, x) =>
    perFactor((name) => {
      const own = logits(guide as Values, x)[name]!
      return add(mul(x[name]!, logSigmoid(own)), mul(sub(1, x[name]!), logSigmoid(neg(own))))
    }),
  logP: (_, x) => perFactor((name) => mul(constant(WEIGHTS[name]), x[name]!)),
})

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Σ q(z) (log p − log q), in plain TypeScript. */
function bound(of: typeof params): number {
  let total = 0
  for (let code = 0; code < 256; code++) {
    const { g, c, d, h } = bitsOf(code)
    const odds = [
      ...of.g,
      ...of.c.map((x) => x + of.cg[0]! * g[0]!),
      of.d[0]! + of.dc[0]! * (c[0]! + c[1]! + c[2]!),
      ...of.h.map((x, t) => x + of.hh[0]! * (h[t - 1] ?? 0)),
    ]
    const all = [...g, ...c, ...d, ...h]
    const logQ = odds.reduce((sum, x, i) => sum + Math.log(sigmoid(all[i] ? x : -x)), 0)
    const weights = [...WEIGHTS.g, ...WEIGHTS.c, ...WEIGHTS.d, ...WEIGHTS.h]
    const logP = weights.reduce((sum, x, i) => sum + x * all[i]!, 0)
    total += Math.exp(logQ) * (logP - logQ)
  }
  return total
}

function bitsOf(code: number) {
  const bit = (i: number): number => (code >> i) & 1
  return { g: [bit(0)], c: [bit(1), bit(2), bit(3)], d: [bit(4)], h: [bit(5), bit(6), bit(7)] }
}

test.each([true, false])(
  'factors that are drawn with others: the mean over all draws is the gradient; blankets only: %s',
  (raoBlackwell) => {
    const estimator = scoreFunction({ raoBlackwell })
    const rows = Array.from({ length: 256 }, (_, code) => bitsOf(code))
    const values = Object.fromEntries(
      (['g', 'c', 'd', 'h'] as const).map((name) => {
        const data = Float64Array.from(rows.flatMap((row) => row[name]))
        return [name, new NdArray(data, [256, data.length / 256])]
      }),
    )
    const guide = Object.fromEntries(
      Object.entries(params).map(([name, x]) => [name, new NdArray(Float64Array.from(x), [x.length])]),
    )
    const run = compile(
      (all: Values, own: Values) =>
        batch((z: Values) => {
          const parameters = { model: {}, guide: own }
          const of = problem(z)
          const logQ = Object.values(of.logQ(parameters, z)).reduce(
            (total, x) => add(total, sum(x)),
            fill([], 0),
          )
          const { gradients } = estimator.estimate(of, parameters, [0, 0] as never, {})
          return Object.fromEntries(
            Object.entries(gradients.guide).map(([name, x]) => [name, mul(exp(logQ), x as Tensor)]),
          )
        })(all) as Values,
      { precision: 'float64' },
    )
    const all = run(values as never, guide as never) as unknown as Record<string, NdArray>
    for (const [name, x] of Object.entries(params)) {
      for (const [i, own] of x.entries()) {
        const moved = (step: number) => bound({ ...params, [name]: x.with(i, own + step) })
        const exact = (moved(1e-5) - moved(-1e-5)) / 2e-5
        const { data } = all[name]!
        const mean = Array.from({ length: 256 }, (_, row) => data[row * x.length + i]!).reduce(
          (a, b) => a + b,
        )
        expect(mean, `${name}[${i}]`).toBeCloseTo(exact, 7)
      }
    }
  },
)
