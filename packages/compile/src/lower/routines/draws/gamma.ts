import { exp } from '../../../wasm/maths/exp.ts'
import { log, log1p } from '../../../wasm/maths/log.ts'
import { variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import type { Draw } from './eachDraw.ts'
import { repeatWhile } from './repeatWhile.ts'
import { mostOf, signOf, spareOfNormal } from './words.ts'
import { layerOf } from './zigguratAt.ts'

/** The lane of the boost: attempts never come to it. */
const BOOST_LANE = -1

/**
 * Puts a gamma draw of rate 1 into a variable, or its logarithm: as core's `fillGamma` and `fillLogGamma`, by Marsaglia and
 * Tsang 2000, “A simple method for generating gamma variables”, ACM TOMS 26 (3).
 */
export function gamma(
  draw: Draw,
  concentration: Value,
  into: Variable,
  inLogs: boolean,
): readonly Statement[] {
  const [a, isSlow] = [variable(F64), variable(I32)]
  const isOne = l.eq(concentration, l.constant(1))
  const d = depthOf(concentration)
  const layer = layerOf(draw.ziggurats.normal, draw.words)
  const x = l.mul(layer.size, signOf(draw.words[0]))
  const t = l.mul(widthOf(d), x)
  const above = l.add(l.constant(1), t)
  // q(t) ≥ −t⁴/4, over 1 + t if t < 0; and 3d·t⁴/4 = x²·t²/12.
  const refused = l.sub(l.constant(1), mostOf(spareOfNormal(draw.words[0])))
  const bound = l.div(l.mul(l.mul(l.mul(x, x), t), t), l.constant(12))
  const isSure = l.le(bound, l.mul(refused, l.min(l.constant(1), above)))
  const ofOne = layerOf(draw.ziggurats.exponential, draw.words)
  const isDone = l.both(l.not(isOne), l.both(layer.isInside, isSure))
  const isExponential = l.both(isOne, ofOne.isInside)
  return [
    { variable: a, to: concentration },
    { variable: into, to: l.select(isOne, ofOne.size, cubed(d, above)) },
    { variable: isSlow, to: l.not(l.either(isDone, isExponential)) },
    ...when(isSlow.get, draw.slowly([a], into, again(draw, a.get, into))),
    ...(inLogs ? [{ variable: into, to: log(l, into.get) }] : []),
    ...when(
      l.lt(concentration, l.constant(1)),
      draw.slowly([a, into], into, boosted(draw, a.get, into, inLogs)),
    ),
  ]
}

/** From lane 0 on, with every attempt looked at closely. */
function again(draw: Draw, a: Value, into: Variable): readonly Statement[] {
  const [x, u, d, c] = [variable(F64), variable(F64), variable(F64), variable(F64)]
  const t = variable(F64)
  const isOne = l.eq(a, l.constant(1))
  return [
    { variable: d, to: depthOf(a) },
    { variable: c, to: widthOf(d.get) },
    { variable: into, to: d.get },
    ...when(isOne, draw.stream.exponential(into)),
    ...when(l.both(l.not(isOne), l.gt(d.get, l.constant(0))), [
      repeatWhile((more) => [
        ...draw.stream.normal(x),
        { variable: t, to: l.mul(c.get, x.get) },
        { variable: more, to: whole(1) },
        ...when(l.gt(t.get, l.constant(-1)), [
          ...draw.stream.acceptance(u),
          {
            variable: more,
            to: l.not(l.lt(log(l, u.get), l.mul(l.mul(l.constant(3), d.get), logRemainder(t.get)))),
          },
        ]),
      ]),
      { variable: into, to: cubed(d.get, l.add(l.constant(1), t.get)) },
    ]),
  ]
}

/** Times u^(1/a), for a below 1: in logarithms, or not. */
function boosted(draw: Draw, a: Value, into: Variable, inLogs: boolean): readonly Statement[] {
  const u = variable(F64)
  const power = l.div(log(l, u.get), a)
  const to = inLogs
    ? l.max(l.add(into.get, power), l.constant(-Number.MAX_VALUE))
    : l.mul(into.get, exp(l, power))
  return [draw.stream.seek(BOOST_LANE), ...draw.stream.uniform(u), { variable: into, to }]
}

/** d of a concentration a, or of a + 1 where a < 1; NaN out of domain. */
function depthOf(a: Value): Value {
  const isValid = l.both(l.gt(a, l.constant(0)), l.lt(a, l.constant(Infinity)))
  const shifted = l.select(l.lt(a, l.constant(1)), l.add(a, l.constant(2 / 3)), l.sub(a, l.constant(1 / 3)))
  return l.select(isValid, shifted, l.constant(NaN))
}

function widthOf(d: Value): Value {
  return l.div(l.constant(1), l.mul(l.constant(3), l.sqrt(d)))
}

function cubed(d: Value, x: Value): Value {
  return l.mul(l.mul(l.mul(d, x), x), x)
}

/** log(1 + t) − t + t²/2 − t³/3. */
function logRemainder(t: Value): Value {
  const square = l.mul(t, t)
  let sum = l.constant(0)
  for (let n = 16; n >= 4; n--) sum = l.sub(l.constant(1 / n), l.mul(t, sum))
  const series = l.mul(l.neg(l.mul(square, square)), sum)
  const rest = l.mul(square, l.sub(l.constant(0.5), l.div(t, l.constant(3))))
  return l.select(l.gt(l.abs(t), l.constant(0.1)), l.add(l.sub(log1p(l, t), t), rest), series)
}
