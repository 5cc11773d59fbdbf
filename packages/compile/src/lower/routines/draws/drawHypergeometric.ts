import { exp } from '../../../wasm/maths/exp.ts'
import { log } from '../../../wasm/maths/log.ts'
import { logBinomialDensity } from '../../../wasm/maths/logTrials.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import type { Draw } from './eachDraw.ts'
import { inverted } from './inverted.ts'
import { isWhole } from './isWhole.ts'
import { countDraws } from './realDraws.ts'
import { repeatWhile } from './repeatWhile.ts'
import { uniformOf } from './words.ts'

const c = l.constant

/** Below this mean: inversion, which gives nothing above the largest. */
const [SMALL_MEAN, LARGEST_OF_SMALL] = [10, 110]

/** 2√(2/e) and 3 − 2√(3/e): the table-mountain hat of the ratio of uniforms. */
const HAT_SLOPE = 2 * Math.sqrt(2 / Math.E)
const HAT_OFFSET = 3 - 2 * Math.sqrt(3 / Math.E)

/** Numbers in variables: at most half of all are taken, and at most half are of the kind that is counted. */
type Reduced = Readonly<Record<'good' | 'bad' | 'taken' | 'mean' | 'logit' | 'weight', Variable>>

/**
 * How many good ones are taken, as core's: by inversion, and from a mean of 10 on by a ratio of uniforms (HRUE, Stadlober 1990,
 * “The ratio of uniforms approach for generating discrete random variates”, Journal of Computational and Applied
 * Mathematics 31 (1)).
 */
export const drawHypergeometric: Routine = /* @__PURE__ */ countDraws(
  3,
  (draw, [good, bad, sampled], into) => {
    const [uniform, isSmall, isLarge] = [variable(F64), variable(I32), variable(I32)]
    const reduced = {
      good: variable(F64),
      bad: variable(F64),
      taken: variable(F64),
      mean: variable(F64),
      logit: variable(F64),
      weight: variable(F64),
    }
    const total = l.add(good!, bad!)
    const areWhole = l.both(l.both(isWhole(good!), isWhole(bad!)), isWhole(sampled!))
    const isValid = l.both(areWhole, l.le(sampled!, total))
    const fewer = l.min(good!, bad!)
    const more = l.sub(total, fewer)
    const spared = l.sub(total, sampled!)
    const taken = l.min(sampled!, spared)
    const left = l.sub(total, taken)
    const isSure = l.either(l.eq(fewer, c(0)), l.eq(taken, c(0)))
    const mean = l.select(isSure, c(0), l.mul(l.div(taken, total), fewer))
    const logit = log(l, l.div(taken, left))
    const isBelow = l.lt(mean, c(SMALL_MEAN))
    const mode = l.floor(l.mul(l.add(taken, c(1)), l.div(l.add(fewer, c(1)), l.add(total, c(2)))))
    const weight = logWeight(l.select(isBelow, c(0), mode), fewer, more, taken, logit)
    // Of 0, by which inversion begins; of the mode, which others are compared with.
    const none = exp(l, l.sub(weight, logBinomialDensity(l, taken, total, logit)))
    const first = l.select(isBelow, l.select(isSure, c(1), none), weight)
    const ofFewer = l.select(l.eq(taken, sampled!), into.get, l.sub(fewer, into.get))
    const restored = l.select(l.eq(fewer, good!), ofFewer, l.sub(sampled!, ofFewer))
    return [
      { variable: reduced.good, to: fewer },
      { variable: reduced.bad, to: more },
      { variable: reduced.taken, to: taken },
      { variable: reduced.mean, to: mean },
      { variable: reduced.logit, to: logit },
      { variable: reduced.weight, to: first },
      { variable: uniform, to: uniformOf(draw.words) },
      { variable: into, to: c(NaN) },
      { variable: isSmall, to: l.both(isValid, isBelow) },
      { variable: isLarge, to: l.both(isValid, l.not(isBelow)) },
      ...when(
        isSmall.get,
        draw.slowly([uniform, ...Object.values(reduced)], into, few(uniform, reduced, into)),
      ),
      ...when(isLarge.get, draw.slowly(Object.values(reduced), into, rejected(draw, reduced, into))),
      { variable: into, to: restored },
    ]
  },
)

/** The log probability of k, but for the probability of the total. */
function logWeight(k: Value, good: Value, bad: Value, taken: Value, logit: Value): Value {
  return l.add(logBinomialDensity(l, k, good, logit), logBinomialDensity(l, l.sub(taken, k), bad, logit))
}

function few(u: Variable, reduced: Reduced, count: Variable): readonly Statement[] {
  const [good, bad, taken] = [reduced.good.get, reduced.bad.get, reduced.taken.get]
  const largest = l.min(l.min(good, taken), c(LARGEST_OF_SMALL))
  return inverted(u, reduced.weight.get, largest, count, (k, next) => {
    const ofBad = l.div(l.sub(taken, k), l.add(l.add(l.sub(bad, taken), k), c(1)))
    return l.mul(l.div(l.sub(good, k), next), ofBad)
  })
}

function rejected(draw: Draw, reduced: Reduced, count: Variable): readonly Statement[] {
  const { good, bad, taken, mean, logit, weight } = reduced
  const [u, v] = [variable(F64), variable(F64)]
  const total = l.add(good.get, bad.get)
  const spread = l.mul(l.mul(mean.get, l.div(bad.get, total)), l.sub(total, taken.get))
  const variance = l.div(spread, l.sub(total, c(1)))
  const width = l.add(l.mul(c(HAT_SLOPE), l.sqrt(l.add(variance, c(0.5)))), c(HAT_OFFSET))
  const moved = l.div(l.mul(width, l.sub(v.get, c(0.5))), u.get)
  const isFar = l.either(l.lt(count.get, c(0)), l.gt(count.get, l.min(good.get, taken.get)))
  const own = logWeight(count.get, good.get, bad.get, taken.get, logit.get)
  const isBelow = l.le(l.mul(c(2), log(l, u.get)), l.sub(own, weight.get))
  return [
    repeatWhile((again) => [
      ...draw.stream.uniform(u),
      ...draw.stream.uniform(v),
      { variable: count, to: l.floor(l.add(l.add(mean.get, c(0.5)), moved)) },
      { variable: again, to: l.either(isFar, l.not(isBelow)) },
    ]),
  ]
}
