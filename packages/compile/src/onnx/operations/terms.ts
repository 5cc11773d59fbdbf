import { argumentsOf, type Constants } from '@variate/core/internal'
import { broadcastShapes } from '@variate/core/ops'
import { sizeOf, type Node } from '../../graph/node.ts'
import type { Formula } from '../../wasm/inDouble.ts'
import { exp } from '../../wasm/maths/exp.ts'
import { lgamma } from '../../wasm/maths/lgamma.ts'
import { log } from '../../wasm/maths/log.ts'
import { logGammaTerm, logPoissonTerm } from '../../wasm/maths/simplexTerms.ts'
import type { Value } from '../../wasm/value.ts'
import type { Rule } from '../rule.ts'
import { wide, type Wide } from './wide.ts'

/** What is made of the arguments along their last axis, of so many elements, in float64. */
function alongRows(rule: (w: Wide, args: readonly Value[], width: number, node: Node) => Value): Rule {
  return (node, e) => {
    const { inputs, attributes, shape } = node
    const whole = broadcastShapes(inputs.map((x) => x.shape))
    if (sizeOf(whole) === 0) return e.graph.filled(0, e.precision, shape)
    const w = wide(e)
    const constants = (attributes['constants'] as Constants | undefined) ?? inputs.map(() => null)
    const args = argumentsOf(constants, inputs).map((x) =>
      typeof x === 'number' ? w.l.constant(x) : w.op('Expand', w.of(x), whole),
    )
    return w.result(rule(w, args, whole.at(-1)!, node))
  }
}

/** Sums of terms over the last axis. */
function termsSummed(term: Formula): Rule {
  return alongRows((w, args) => w.sum(term(w.l, ...args), -1))
}

/** Log densities of vectors of shares and of counts. */
export const TERMS: Readonly<Record<string, Rule>> = {
  logGammaTerms: termsSummed(logGammaTerm as Formula),
  logPoissonTerms: termsSummed(logPoissonTerm as Formula),
  logGumbelSoftmax: alongRows((w, [x, logits, temperature], width) => {
    const { l } = w
    const c = (value: number): Value => l.constant(value)
    const logX = log(l, x!)
    const exponents = l.sub(logits!, l.mul(temperature!, logX))
    const shifted = l.sub(exponents, w.op('ReduceMax', exponents, [-1], { keepdims: 1 }))
    const zeros = w.sum(l.select(l.eq(x!, c(0)), c(1), c(0)), -1)
    const weight = w.sum(exp(l, shifted), -1)
    const total = w.sum(l.sub(shifted, logX), -1)
    const t = w.op('Squeeze', w.at(temperature!, -1, 0), [-1])
    const ofTotal = l.add(l.mul(c(width - 1), log(l, t)), total)
    const finite = l.sub(l.add(lgamma(l, c(width)), ofTotal), l.mul(c(width), log(l, weight)))
    const ofZeros = l.sub(l.mul(l.sub(c(width), zeros), t), zeros)
    return l.select(l.gt(zeros, c(0)), l.mul(ofZeros, c(-Infinity)), finite)
  }),
}
