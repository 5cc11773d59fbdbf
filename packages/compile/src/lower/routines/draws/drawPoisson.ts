import { exp } from '../../../wasm/maths/exp.ts'
import { log } from '../../../wasm/maths/log.ts'
import { logGammaDensity } from '../../../wasm/maths/logGammaDensity.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import type { Draw } from './eachDraw.ts'
import { inverted } from './inverted.ts'
import { countDraws } from './realDraws.ts'
import { repeatWhile } from './repeatWhile.ts'
import { mostOf, spareOfUniform, uniformOf } from './words.ts'

const c = l.constant

/** Below this rate: inversion, which gives nothing above the largest. */
const [SMALL_RATE, LARGEST_OF_SMALL] = [10, 110]

/**
 * Poisson draws, as core's: by inversion, and from a rate of 10 on by PTRS (Hörmann 1993, “The transformed rejection method
 * for generating Poisson random variables”, Insurance: Mathematics and Economics 12 (1)).
 */
export const drawPoisson: Routine = /* @__PURE__ */ countDraws(1, (draw, [given], into) => {
  const [rate, uniform, isSmall, isOpen] = [variable(F64), variable(F64), variable(I32), variable(I32)]
  const isLarge = l.both(l.ge(given!, c(SMALL_RATE)), l.lt(given!, c(Infinity)))
  const { a, b, surely } = tableOf(given!)
  const u = l.sub(uniformOf(draw.words), c(0.5))
  const us = l.sub(c(0.5), l.abs(u))
  const isSure = l.both(l.ge(us, c(0.07)), l.le(mostOf(spareOfUniform(draw.words)), surely))
  const few = inverted(uniform, exp(l, l.neg(rate.get)), c(LARGEST_OF_SMALL), into, (_, next) =>
    l.div(rate.get, next),
  )
  return [
    { variable: rate, to: given! },
    { variable: uniform, to: uniformOf(draw.words) },
    { variable: into, to: l.select(isLarge, countOf(u, us, a, b, given!), c(NaN)) },
    { variable: isSmall, to: l.both(l.ge(given!, c(0)), l.lt(given!, c(SMALL_RATE))) },
    { variable: isOpen, to: l.both(isLarge, l.not(isSure)) },
    ...when(isSmall.get, draw.slowly([rate, uniform], into, few)),
    ...when(isOpen.get, draw.slowly([rate], into, rejected(draw, rate.get, into))),
  ]
})

function rejected(draw: Draw, rate: Value, count: Variable): readonly Statement[] {
  const [u, v, us] = [variable(F64), variable(F64), variable(F64)]
  const { a, b, inverseAlpha, surely } = tableOf(rate)
  const isSure = l.both(l.ge(us.get, c(0.07)), l.le(v.get, surely))
  const isFar = l.either(l.lt(count.get, c(0)), l.both(l.lt(us.get, c(0.013)), l.gt(v.get, us.get)))
  const hat = l.add(l.div(a, l.mul(us.get, us.get)), b)
  const isBelow = l.le(
    log(l, l.div(l.mul(v.get, inverseAlpha), hat)),
    logGammaDensity(l, l.add(count.get, c(1)), rate),
  )
  return [
    repeatWhile((again) => [
      ...draw.stream.candidate(u),
      { variable: u, to: l.sub(u.get, c(0.5)) },
      ...draw.stream.acceptance(v),
      { variable: us, to: l.sub(c(0.5), l.abs(u.get)) },
      { variable: count, to: countOf(u.get, us.get, a, b, rate) },
      { variable: again, to: l.not(isSure) },
      ...when(again.get, [{ variable: again, to: l.either(isFar, l.not(isBelow)) }]),
    ]),
  ]
}

function countOf(u: Value, us: Value, a: Value, b: Value, rate: Value): Value {
  const hat = l.add(l.div(l.mul(c(2), a), us), b)
  return l.floor(l.add(l.add(l.mul(hat, u), rate), c(0.43)))
}

/** The constants of PTRS, named as in the paper; `surely` is its vᵣ. */
function tableOf(rate: Value): Readonly<Record<'a' | 'b' | 'inverseAlpha' | 'surely', Value>> {
  const b = l.add(c(0.931), l.mul(c(2.53), l.sqrt(rate)))
  return {
    a: l.add(c(-0.059), l.mul(c(0.02483), b)),
    b,
    inverseAlpha: l.add(c(1.1239), l.div(c(1.1328), l.sub(b, c(3.4)))),
    surely: l.sub(c(0.9277), l.div(c(3.6224), l.sub(b, c(2)))),
  }
}
