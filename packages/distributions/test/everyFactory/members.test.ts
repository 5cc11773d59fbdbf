import { expect, test } from 'vitest'
import type { Capabilities, Distribution } from '../../src/distribution.ts'
import {
  biject,
  cauchy,
  censored,
  expand,
  folded,
  independent,
  masked,
  mixture,
  normal,
  poisson,
  skewNormal,
  transformed,
  truncated,
  zeroInflated,
} from '../../src/index.ts'

type Optional = keyof Capabilities | 'reparameterized'

const OPTIONAL: readonly Optional[] = [
  'cdf',
  'survival',
  'icdf',
  'mean',
  'variance',
  'entropy',
  'enumerateSupport',
  'reparameterized',
]

/** A distribution with the optional members of its type: all of them, and no others, or it does not compile. */
function row<D extends Distribution>(
  d: D,
  members: Readonly<Record<Extract<keyof D, Optional>, true>>,
): readonly [name: string, d: Distribution, members: readonly string[]] {
  return [d.name, d, Object.keys(members)]
}

const yes = true as const
const tails = { cdf: yes, survival: yes }
const quantiles = { ...tails, icdf: yes }
const moments = { mean: yes, variance: yes }
const drawn = { reparameterized: yes }
const base = normal([0, 1], 1)
const inverse = { cdf: yes, icdf: yes }
const half = { probs: [0.5, 0.5] }
/** It has no `survival`. */
const plain = skewNormal(0, 1, 2)

const rows = [
  row(expand(base, [2, 2]), { ...quantiles, ...moments, ...drawn, entropy: yes }),
  row(expand(plain, [2]), { ...inverse, ...moments, ...drawn, entropy: yes }),
  row(independent(base), { ...moments, ...drawn, entropy: yes }),
  row(masked(base, true), { ...quantiles, ...moments, ...drawn }),
  row(masked(cauchy(0, 1), true), { ...quantiles, ...drawn }),
  row(transformed(base, biject.exp), { ...quantiles, ...drawn }),
  row(transformed(base, biject.ordered), drawn),
  row(transformed(plain, biject.exp), { ...inverse, ...drawn }),
  row(truncated(plain, { low: 0 }), { ...inverse, ...drawn }),
  row(censored(plain, { low: 0 }), { ...inverse, ...drawn }),
  row(truncated(base, { low: 0 }), { ...quantiles, ...drawn }),
  row(truncated(poisson(3), { low: 1 }), quantiles),
  row(censored(base, { low: 0 }), { ...quantiles, ...drawn }),
  row(folded(base), { ...tails, ...drawn }),
  row(folded(plain), { cdf: yes, ...drawn }),
  row(folded(poisson(3)), tails),
  row(mixture(half, base), { ...tails, ...moments }),
  row(mixture(half, [normal(0, 1), cauchy(0, 1)]), tails),
  row(mixture(half, [normal(0, 1), plain]), { cdf: yes, ...moments }),
  row(zeroInflated(poisson(3), { gate: 0.5 }), { ...tails, ...moments }),
]

test.each(rows)('%s has the members of its type', (_, d, members) => {
  expect(OPTIONAL.filter((name) => name in d)).toEqual(OPTIONAL.filter((name) => members.includes(name)))
})
