import { digammaOfPositive, logMinusDigamma, trigammaOfPositive } from '../../wasm/maths/digamma.ts'
import { log } from '../../wasm/maths/log.ts'
import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { fractionOf, seriesOf } from './converging.ts'
import { Jets, type Jet } from './jets.ts'
import { add, any, div, lt, mul, neg, select, square, sub } from './number.ts'

// P = D·V or 1 − P = D·V with D = xᵃ·e⁻ˣ/Γ(a + 1), outside of the range of Temme's expansion: V and its derivatives in a.

/** By the power series of P. */
function series(jets: Jets, a: Value, x: Value): readonly [readonly Statement[], Jet] {
  return seriesOf(jets, jets.of(1, { a: 0, aa: 0 }), (term, n) =>
    jets.times(term, jets.scaled(jets.reciprocal(jets.of(add(a, n), { a: 1 })), x)),
  )
}

/** By the continued fraction of 1 − P. */
function fraction(jets: Jets, a: Value, x: Value): readonly [readonly Statement[], Jet] {
  const start = sub(add(x, 1), a)
  const [statements, value] = fractionOf(jets, jets.of(start, { a: -1 }), (n) => ({
    b: jets.of(add(start, mul(2, n)), { a: -1 }),
    alpha: jets.of(mul(n, sub(a, n)), { a: n }),
  }))
  return [statements, jets.times(jets.of(a, { a: 1 }), value)]
}

const VALUE = /* @__PURE__ */ new Jets(['value'])

/** V of P itself. */
export const lowerSeries: RoutineOfNumbers = ([a, x], into) => {
  const [statements, { value }] = series(VALUE, a!, x!)
  return [...statements, { variable: into, to: value }]
}

/** V of 1 − P. */
export const upperFraction: RoutineOfNumbers = ([a, x], into) => {
  const [statements, { value }] = fraction(VALUE, a!, x!)
  return [...statements, { variable: into, to: value }]
}

/** What a number is that is made of V where P = D·V, and the same less where 1 − P is. */
function signed(jets: Jets, of: (jet: Jet, a: Value, x: Value) => Value): RoutineOfNumbers {
  return ([a, x], into) =>
    firstOf(
      into,
      [a!, x!],
      [
        [
          any(lt(x!, a!), lt(x!, 1.5)),
          (a, x) => {
            const [statements, jet] = series(jets, a!, x!)
            return [...statements, { variable: into, to: of(jet, a!, x!) }]
          },
        ],
      ],
      (a, x) => {
        const [statements, jet] = fraction(jets, a!, x!)
        return [...statements, { variable: into, to: neg(of(jet, a!, x!)) }]
      },
    )
}

/** d log D/da = log x − ψ(a + 1). */
function logPrefactorDerivative(a: Value, x: Value): Value {
  const small = sub(log(l, x), digammaOfPositive(l, add(a, 1)))
  return select(lt(a, 10), small, sub(logMinusDigamma(l, x, a), div(1, a)))
}

/** (∂P/∂a)/D. */
export const gammaChange: RoutineOfNumbers = /* @__PURE__ */ signed(
  /* @__PURE__ */ new Jets(['value', 'a']),
  (v, a, x) => add(mul(v.value, logPrefactorDerivative(a, x)), v.a!),
)

const SECOND = /* @__PURE__ */ new Jets(['value', 'a', 'aa'])

/** (∂²P/∂a²)/D. */
export const gammaCurvature: RoutineOfNumbers = /* @__PURE__ */ signed(SECOND, (v, a, x) => {
  const m = logPrefactorDerivative(a, x)
  const ofValue = mul(v.value, sub(square(m), trigammaOfPositive(l, add(a, 1))))
  return add(ofValue, mul(2, v.a!, m), v.aa!)
})

/** The derivative in a of `gammaChange`, less it over a. */
export const gammaBend: RoutineOfNumbers = /* @__PURE__ */ signed(SECOND, (v, a, x) => {
  const m = logPrefactorDerivative(a, x)
  const change = add(mul(v.value, m), v.a!)
  const bend = sub(mul(v.a!, m), mul(v.value, trigammaOfPositive(l, add(a, 1))))
  return sub(add(bend, v.aa!), div(change, a))
})
