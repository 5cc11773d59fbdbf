import { variable, type Statement, type Variable } from '../../wasm/statement.ts'
import { F64, type Value } from '../../wasm/value.ts'
import { digammaOfPositive, logMinusDigamma } from '../../wasm/maths/digamma.ts'
import { log } from '../../wasm/maths/log.ts'
import { one as l } from '../routines/linalg/wide.ts'
import { repeatWhile } from '../routines/draws/repeatWhile.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { branch } from './branch.ts'
import { inTemmeRange, temmeSampleDerivative } from './temme.ts'

const c = l.constant
const set = (to: Variable, value: Value): Statement => ({ variable: to, to: value })
const isWithin = (x: Value): Value => l.both(l.gt(x, c(0)), l.lt(x, c(Infinity)))

/**
 * −(∂P(a, x)/∂a)/p(x), as core computes it: how a gamma draw x of concentration a moves with a at a fixed key (Figurnov,
 * Mohamed and Mnih 2018).
 */
export const gammaSampleDerivative: RoutineOfNumbers = ([a, x], into) => {
  const isValid = l.both(isWithin(a!), isWithin(x!))
  const isTemme = inTemmeRange(a!, x!)
  const isLow = l.either(l.lt(x!, a!), l.lt(x!, c(1.5)))
  const isOther = l.both(isValid, l.not(isTemme))
  const given = [a!, x!]
  return [
    set(into, l.select(l.both(l.eq(x!, c(0)), l.gt(a!, c(0))), c(0), c(NaN))),
    ...branch(l.both(isValid, isTemme), given, (a, x) => [set(into, temmeSampleDerivative(a!, x!))]),
    ...branch(l.both(isOther, isLow), given, (a, x) => series(a!, x!, into)),
    ...branch(l.both(isOther, l.not(isLow)), given, (a, x) => fraction(a!, x!, into)),
  ]
}

/** d log(xᵃ·e⁻ˣ/Γ(a + 1))/da. */
function logPrefactorDerivative(a: Value, x: Value): Value {
  const small = l.sub(log(l, x), digammaOfPositive(l, l.add(a, c(1))))
  return l.select(l.lt(a, c(10)), small, l.sub(logMinusDigamma(l, x, a), l.div(c(1), a)))
}

/** By the power series of P and its derivative. */
function series(a: Value, x: Value, into: Variable): readonly Statement[] {
  const [n, r, term, harmonic, sum, first] = Array.from({ length: 6 }, () => variable(F64)) as [
    Variable, Variable, Variable, Variable, Variable, Variable,
  ] // prettier-ignore
  const change = l.add(l.mul(sum.get, logPrefactorDerivative(a, x)), first.get)
  const part = l.mul(term.get, harmonic.get)
  return [
    ...[n, harmonic, first].map((zero) => set(zero, c(0))),
    ...[term, sum].map((one) => set(one, c(1))),
    repeatWhile((again) => [
      set(n, l.add(n.get, c(1))),
      set(r, l.div(c(1), l.add(a, n.get))),
      set(term, l.mul(term.get, l.mul(x, r.get))),
      set(harmonic, l.add(harmonic.get, r.get)),
      set(sum, l.add(sum.get, term.get)),
      set(first, l.sub(first.get, part)),
      set(again, l.either(l.gt(term.get, l.mul(c(1e-17), sum.get)), l.gt(part, l.mul(c(-1e-17), first.get)))),
    ]),
    set(into, l.mul(l.neg(change), l.div(x, a))),
  ]
}

/** By the continued fraction of Q, whose numerators and denominators are differentiated as they recur. */
function fraction(a: Value, x: Value, into: Variable): readonly Statement[] {
  const names = [
    'n',
    'p',
    'p1',
    'oldP',
    'oldP1',
    'oldQ',
    'oldQ1',
    'f',
    'f1',
    'value',
    'first',
    'extra',
  ] as const
  const v = Object.fromEntries(names.map((name) => [name, variable(F64)])) as Record<
    (typeof names)[number],
    Variable
  >
  const start = l.sub(l.add(x, c(1)), a)
  const { n, p, p1, oldP, oldP1, oldQ, oldQ1, f, f1, extra } = v
  const factor = l.mul(n.get, l.sub(a, n.get))
  const b = l.add(start, l.mul(c(2), n.get))
  const times = (x: Value, y: Value, z: Value, w: Value): Value => l.add(l.mul(x, y), l.mul(z, w))
  const q = l.add(b, l.mul(factor, oldQ.get))
  const q1 = l.sub(times(factor, oldQ1.get, n.get, oldQ.get), c(1))
  const nextP = times(b, p.get, factor, oldP.get)
  const nextP1 = l.add(l.sub(l.mul(b, p1.get), p.get), times(factor, oldP1.get, n.get, oldP.get))
  const isSettled = l.not(l.gt(l.abs(l.sub(v.value.get, p.get)), l.mul(c(2e-16), v.value.get)))
  const isClose = l.le(l.abs(l.sub(v.first.get, p1.get)), l.mul(c(1e-15), l.abs(v.first.get)))
  const left = l.select(l.lt(extra.get, c(0)), l.add(c(8), l.mul(c(0.5), n.get)), extra.get)
  const [settled, close] = [variable(F64), variable(F64)]
  const truth = (condition: Value): Value => l.select(condition, c(1), c(0))
  const isOne = (x: Variable): Value => l.gt(x.get, c(0))
  const change = l.add(l.mul(l.mul(a, p.get), logPrefactorDerivative(a, x)), l.add(p.get, l.mul(a, p1.get)))
  return [
    set(p, l.div(c(1), start)),
    set(p1, l.mul(p.get, p.get)),
    set(oldQ, p.get),
    set(oldQ1, p1.get),
    ...[n, oldP, oldP1].map((zero) => set(zero, c(0))),
    set(extra, c(-1)),
    repeatWhile((again) => [
      set(n, l.add(n.get, c(1))),
      set(f, l.div(c(1), q)),
      set(f1, l.mul(l.neg(q1), l.mul(f.get, f.get))),
      set(v.value, l.mul(nextP, f.get)),
      set(v.first, times(nextP, f1.get, nextP1, f.get)),
      set(oldQ, f.get),
      set(oldQ1, f1.get),
      set(oldP, l.mul(p.get, f.get)),
      set(oldP1, times(p.get, f1.get, p1.get, f.get)),
      set(settled, truth(isSettled)),
      set(close, truth(isClose)),
      set(p, v.value.get),
      set(p1, v.first.get),
      // The derivative settles soon after the value does, down to a rounding error that may exceed the test.
      set(extra, l.select(isOne(settled), l.sub(left, c(1)), extra.get)),
      set(
        again,
        l.both(
          l.lt(n.get, c(100_000)),
          l.either(l.not(isOne(settled)), l.both(l.not(isOne(close)), l.ge(extra.get, c(0)))),
        ),
      ),
    ]),
    set(into, l.mul(change, l.div(x, a))),
  ]
}
