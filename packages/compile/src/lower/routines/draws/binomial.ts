import { exp } from '../../../wasm/maths/exp.ts'
import { log, log1p } from '../../../wasm/maths/log.ts'
import { logBinomialDensity } from '../../../wasm/maths/logTrials.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import { inverted } from './inverted.ts'
import { isWhole } from './isWhole.ts'
import type { Draw } from './eachDraw.ts'
import { repeatWhile } from './repeatWhile.ts'
import { mostOf, spareOfUniform, uniformOf } from './words.ts'

const c = l.constant

/** Below this mean: inversion, which gives nothing above the largest. */
const [SMALL_MEAN, LARGEST_OF_SMALL] = [10, 110]

/**
 * Puts a binomial draw into a variable, as core's: by inversion, and from a mean of 10 on by BTRS (Hörmann 1993, “The
 * generation of binomial random variates”, Journal of Statistical Computation and Simulation 46). Successes are counted as
 * failures where they are the likelier.
 *
 * @param isSame the parameters are those of all draws: what they alone tell is computed once.
 */
export function binomial(
  draw: Draw,
  total: Value,
  probability: Value,
  into: Variable,
  isSame = false,
): readonly Statement[] {
  const [n, p, odds, none, uniform] = [0, 0, 0, 0, 0].map(() => variable(F64)) as [Variable, Variable, Variable, Variable, Variable] // prettier-ignore
  const [isSmall, isOpen] = [variable(I32), variable(I32)]
  const mode: Mode = { logit: variable(F64), weight: variable(F64) }
  const isProbability = l.both(l.ge(probability, c(0)), l.le(probability, c(1)))
  const isValid = l.both(isWhole(total), isProbability)
  const isMirrored = l.gt(probability, c(0.5))
  const q = l.sub(c(1), probability)
  const [lesser, greater] = [l.select(isMirrored, q, probability), l.select(isMirrored, probability, q)]
  const isBelow = l.lt(l.mul(total, lesser), c(SMALL_MEAN))
  const { surely, ...table } = tableOf(total, lesser)
  const u = l.sub(uniformOf(draw.words), c(0.5))
  const us = l.sub(c(0.5), l.abs(u))
  const isSure = l.both(l.ge(us, c(0.07)), l.le(mostOf(spareOfUniform(draw.words)), surely))
  const few = inverted(uniform, none.get, l.min(n.get, c(LARGEST_OF_SMALL)), into, (count, next) =>
    l.div(l.mul(odds.get, l.sub(n.get, count)), next),
  )
  return [
    { variable: n, to: total },
    { variable: p, to: lesser },
    { variable: odds, to: l.div(lesser, greater) },
    { variable: none, to: exp(l, l.mul(total, log1p(l, l.neg(lesser)))) },
    { variable: uniform, to: uniformOf(draw.words) },
    { variable: into, to: l.select(isValid, countOf(u, us, table), c(NaN)) },
    { variable: isSmall, to: l.both(isValid, isBelow) },
    { variable: isOpen, to: l.both(isValid, l.not(l.either(isBelow, isSure))) },
    ...when(isSmall.get, draw.slowly([uniform, n, odds, none], into, few)),
    ...(isSame ? modeOf(total, lesser, mode) : []),
    ...when(
      isOpen.get,
      draw.slowly(isSame ? [n, p, mode.logit, mode.weight] : [n, p], into, [
        ...(isSame ? [] : modeOf(n.get, p.get, mode)),
        ...rejected(draw, n.get, p.get, mode, into),
      ]),
    ),
    { variable: into, to: l.select(isMirrored, l.sub(total, into.get), into.get) },
  ]
}

/** The log odds of a success, and the log probability of the mode, which others are compared with. */
type Mode = Readonly<Record<'logit' | 'weight', Variable>>

function modeOf(total: Value, p: Value, { logit, weight }: Mode): readonly Statement[] {
  const odds = l.sub(log(l, p), log1p(l, l.neg(p)))
  const mode = l.floor(l.mul(l.add(total, c(1)), p))
  return [
    { variable: logit, to: odds },
    { variable: weight, to: logBinomialDensity(l, mode, total, odds) },
  ]
}

function rejected(
  draw: Draw,
  total: Value,
  p: Value,
  { logit, weight }: Mode,
  count: Variable,
): readonly Statement[] {
  const [u, v, us] = [variable(F64), variable(F64), variable(F64)]
  const { surely, alpha, ...table } = tableOf(total, p)
  const isSure = l.both(l.ge(us.get, c(0.07)), l.le(v.get, surely))
  const isFar = l.either(l.lt(count.get, c(0)), l.gt(count.get, total))
  const hat = l.add(l.div(table.a, l.mul(us.get, us.get)), table.b)
  const ratio = l.sub(logBinomialDensity(l, count.get, total, logit.get), weight.get)
  const isBelow = l.le(log(l, l.div(l.mul(v.get, alpha), hat)), ratio)
  return [
    repeatWhile((again) => [
      ...draw.stream.candidate(u),
      { variable: u, to: l.sub(u.get, c(0.5)) },
      ...draw.stream.acceptance(v),
      { variable: us, to: l.sub(c(0.5), l.abs(u.get)) },
      { variable: count, to: countOf(u.get, us.get, table) },
      { variable: again, to: l.not(isSure) },
      ...when(again.get, [{ variable: again, to: l.either(isFar, l.not(isBelow)) }]),
    ]),
  ]
}

/** What a count is made of, named as in the paper. */
type Hat = Readonly<Record<'a' | 'b' | 'center', Value>>

function countOf(u: Value, us: Value, { a, b, center }: Hat): Value {
  return l.floor(l.add(l.mul(l.add(l.div(l.mul(c(2), a), us), b), u), center))
}

/** The constants of BTRS, named as in the paper; `surely` is its vᵣ, `center` its c. */
function tableOf(total: Value, p: Value): Hat & Readonly<Record<'alpha' | 'surely', Value>> {
  const spread = l.sqrt(l.mul(l.mul(total, p), l.sub(c(1), p)))
  const b = l.add(c(1.15), l.mul(c(2.53), spread))
  return {
    a: l.add(l.add(c(-0.0873), l.mul(c(0.0248), b)), l.mul(c(0.01), p)),
    b,
    center: l.add(l.mul(total, p), c(0.5)),
    alpha: l.mul(l.add(c(2.83), l.div(c(5.1), b)), spread),
    surely: l.sub(c(0.92), l.div(c(4.2), b)),
  }
}
