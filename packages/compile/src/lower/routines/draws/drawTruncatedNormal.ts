import { log } from '../../../wasm/maths/log.ts'
import { truncatedNormalOrigin } from '../../../wasm/maths/truncatedNormal.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, I32 } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import type { Draw } from './eachDraw.ts'
import { realDraws } from './realDraws.ts'
import { repeatWhile } from './repeatWhile.ts'
import {
  isWithin,
  kept,
  logAcceptance,
  placeOf,
  proposalFor,
  propose,
  type Proposal,
} from './truncatedProposal.ts'
import { mostOf, signOf, spareOfUniform, uniformOf } from './words.ts'
import { layerOf } from './zigguratAt.ts'

/**
 * Excesses of standard normal draws between a and a + w over an origin, as core's: by rejection from exponential proposals in a
 * tail (Robert 1995, “Simulation of truncated normal variables”, Statistics and Computing 5 (2)), from uniform ones in a
 * narrow interval around 0, from normal ones in a wide one.
 */
export const drawTruncatedNormal: Routine = /* @__PURE__ */ realDraws(2, (draw, [a, w], into) => {
  const [x, isOpen] = [variable(F64), variable(I32)]
  const proposal = proposalFor(a!, l.add(a!, w!))
  const given = kept(proposal)
  // exp(t) ≥ 1 + t
  const least = l.add(l.constant(1), logAcceptance(proposal, x.get))
  const isSure = l.le(mostOf(spareOfUniform(draw.words)), least)
  const layer = layerOf(draw.ziggurats.normal, draw.words)
  const z = l.mul(layer.size, signOf(draw.words[0]))
  const isDone = l.either(
    l.both(proposal.isNormal, l.both(layer.isInside, isWithin(proposal, z))),
    l.both(l.not(proposal.isNormal), isSure),
  )
  const first = l.select(proposal.isNormal, z, placeOf(proposal, x.get))
  return [
    ...propose(proposal, uniformOf(draw.words), x),
    ...given.set,
    { variable: into, to: l.select(proposal.isValid, first, l.constant(NaN)) },
    { variable: isOpen, to: l.both(proposal.isValid, l.not(isDone)) },
    ...when(isOpen.get, draw.slowly(given.variables, into, rejected(draw, given.proposal, into))),
    { variable: into, to: l.sub(into.get, truncatedNormalOrigin(l, a!, w!)) },
  ]
})

function rejected(draw: Draw, proposal: Proposal, into: Variable): readonly Statement[] {
  const [u, v] = [variable(F64), variable(F64)]
  const isAccepted = l.le(log(l, v.get), logAcceptance(proposal, into.get))
  return [
    ...when(proposal.isNormal, [
      repeatWhile((again) => [
        ...draw.stream.normal(into),
        { variable: again, to: l.not(isWithin(proposal, into.get)) },
      ]),
    ]),
    ...when(l.not(proposal.isNormal), [
      repeatWhile((again) => [
        ...draw.stream.candidate(u),
        ...draw.stream.acceptance(v),
        ...propose(proposal, u.get, into),
        { variable: again, to: l.not(isAccepted) },
      ]),
      { variable: into, to: placeOf(proposal, into.get) },
    ]),
  ]
}
