import {
  cauchy,
  delta,
  expand,
  gamma,
  independent,
  klDivergence,
  logNormal,
  masked,
  normal,
  type Distribution,
} from '../src/index.ts'

const [p, q] = [normal([0, 1], 1), cauchy([0, 1], 1)]

// What has a closed form, or may have one, compiles.
klDivergence(p, normal(0, 2))
klDivergence(independent(p), independent(normal([1, 1], 2)))
klDivergence(expand(normal(0, 1), [2]), p)
klDivergence(delta(1), q)
klDivergence(logNormal(0, 1), gamma(2, 1))
klDivergence(p as Distribution, q)

// @ts-expect-error no closed form
klDivergence(p, q)
// @ts-expect-error no closed form of the parts
klDivergence(independent(p), independent(q))
// @ts-expect-error an event against a number
klDivergence(independent(p), p)
// @ts-expect-error no closed form of the parts
klDivergence(masked(q, true), masked(p, true))
