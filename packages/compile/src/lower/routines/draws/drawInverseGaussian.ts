import { variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import { realDraws } from './realDraws.ts'
import { mostOf, signOf, spareOfNormal, unsignedNumber } from './words.ts'
import { layerOf } from './zigguratAt.ts'

/**
 * Inverse Gaussian draws, as core's: Michael, Schucany and Haas 1976, “Generating random variates using transformations
 * with multiple roots”, The American Statistician 30 (2).
 */
export const drawInverseGaussian: Routine = /* @__PURE__ */ realDraws(
  2,
  (draw, [mean, concentration], into) => {
    const [mu, ratio, isOpen] = [variable(F64), variable(F64), variable(I32)]
    const [z, u, root] = [variable(F64), variable(F64), variable(F64)]
    const isPositive = (x: Value): Value => l.both(l.gt(x, l.constant(0)), l.lt(x, l.constant(Infinity)))
    const isValid = l.both(isPositive(mean!), isPositive(concentration!))
    const over = l.div(mean!, concentration!)
    const layer = layerOf(draw.ziggurats.normal, draw.words)
    const spare = spareOfNormal(draw.words[0])
    const greater = greaterRoot(l.mul(layer.size, signOf(draw.words[0])), over)
    const chance = chanceOfLesser(greater)
    const isLesser = l.le(mostOf(spare), chance)
    const isGreater = l.ge(l.mul(unsignedNumber(spare), l.constant(2 ** -12)), chance)
    const isSure = l.both(layer.isInside, l.either(isLesser, isGreater))
    const first = rootOf(mean!, greater, isLesser)
    return [
      { variable: mu, to: mean! },
      { variable: ratio, to: over },
      { variable: into, to: l.select(isValid, first, l.constant(NaN)) },
      { variable: isOpen, to: l.both(isValid, l.not(isSure)) },
      ...when(
        isOpen.get,
        draw.slowly([mu, ratio], into, [
          ...draw.stream.normal(z),
          ...draw.stream.acceptance(u),
          { variable: root, to: greaterRoot(z.get, ratio.get) },
          { variable: into, to: rootOf(mu.get, root.get, l.le(u.get, chanceOfLesser(root.get))) },
        ]),
      ),
    ]
  },
)

/** The greater root over the mean: at least 1, and finite. */
function greaterRoot(z: Value, over: Value): Value {
  const w = l.mul(over, l.div(l.mul(z, z), l.constant(2)))
  const spread = l.mul(l.sqrt(w), l.sqrt(l.add(l.constant(2), w)))
  return l.min(l.add(l.add(l.constant(1), w), spread), l.constant(Number.MAX_VALUE))
}

function chanceOfLesser(greater: Value): Value {
  return l.div(greater, l.add(l.constant(1), greater))
}

function rootOf(mean: Value, greater: Value, isLesser: Value): Value {
  return l.select(isLesser, l.div(mean, greater), l.mul(mean, greater))
}
