import { atan } from '../../../wasm/maths/inverseTrigonometric.ts'
import { log } from '../../../wasm/maths/log.ts'
import { tan } from '../../../wasm/maths/trigonometric.ts'
import { variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import { length } from './length.ts'
import { realDraws } from './realDraws.ts'
import { repeatWhile } from './repeatWhile.ts'
import { mostOf, spareOfUniform, uniformOf } from './words.ts'

const c = l.constant

/**
 * Von Mises draws, as core's, by rejection from the wrapped Cauchy distribution in half-angle tangents (Best and Fisher 1979,
 * “Efficient simulation of the von Mises distribution”, Applied Statistics 28 (2)).
 */
export const drawVonMises: Routine = /* @__PURE__ */ realDraws(1, (draw, [concentration], into) => {
  const [kappa, width, least, isOpen] = [variable(F64), variable(F64), variable(F64), variable(I32)]
  const [u, v, tangent, cost] = [variable(F64), variable(F64), variable(F64), variable(F64)]
  const isValid = l.both(l.ge(concentration!, c(0)), l.lt(concentration!, c(Infinity)))
  const twice = l.mul(c(2), concentration!)
  const root = l.select(isValid, length(twice), c(NaN))
  // τ − 2κ of the paper, τ = 1 + √(1 + 4κ²).
  const difference = l.add(c(1), l.div(c(1), l.add(root, twice)))
  const scale = l.sqrt(l.div(difference, l.add(l.add(c(1), root), twice)))
  const offset = l.div(difference, c(2))
  const first = tangentOf(uniformOf(draw.words), scale)
  const firstCost = costOf(first, concentration!, offset)
  const isSure = l.le(mostOf(spareOfUniform(draw.words)), l.mul(firstCost, l.sub(c(2), firstCost)))
  return [
    { variable: kappa, to: concentration! },
    { variable: width, to: scale },
    { variable: least, to: offset },
    { variable: into, to: l.select(isValid, angleOf(first), c(NaN)) },
    { variable: isOpen, to: l.both(isValid, l.not(isSure)) },
    ...when(
      isOpen.get,
      draw.slowly([kappa, width, least], into, [
        repeatWhile((again) => [
          ...draw.stream.candidate(u),
          ...draw.stream.acceptance(v),
          { variable: tangent, to: tangentOf(u.get, width.get) },
          { variable: cost, to: costOf(tangent.get, kappa.get, least.get) },
          {
            variable: again,
            to: l.not(l.le(log(l, v.get), l.sub(l.add(log(l, cost.get), c(1)), cost.get))),
          },
        ]),
        { variable: into, to: angleOf(tangent.get) },
      ]),
    ),
  ]
})

function tangentOf(u: Value, scale: Value): Value {
  return l.mul(scale, tan(l, l.mul(c(Math.PI / 2), l.sub(l.mul(c(2), u), c(1)))))
}

function angleOf(tangent: Value): Value {
  return l.mul(c(2), atan(l, tangent))
}

/** κ(r − 1) + κ(1 − cos θ), from tan(θ/2). */
function costOf(tangent: Value, kappa: Value, offset: Value): Value {
  const sine = l.div(tangent, length(tangent))
  return l.add(offset, l.mul(l.mul(l.mul(c(2), kappa), sine), sine))
}
