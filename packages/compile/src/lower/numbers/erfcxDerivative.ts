import { erfcx } from '../../wasm/maths/erf.ts'
import { exp } from '../../wasm/maths/exp.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import { add, constant, div, eq, ge, le, lt, mul, neg, select, sub } from './number.ts'

/** From here on the derivatives of the rule for erfcx, to which no pole adds, keep what the recurrence cancels. */
const LARGE = 6
const NODES = Array.from({ length: 12 }, (_, k) => (k + 0.5) / 2)

/** (−1)ⁿ·n!·w·Re (x + it)⁻ⁿ⁻¹ at a node t of weight w = exp(−t²)/π. */
const term: RoutineOfNumbers = ([n, x, t], into) => {
  const square = mul(t!, t!)
  const weight = mul(1 / Math.PI, exp(l, neg(square)))
  const real = div(1, add(x!, div(square, x!)))
  const imaginary = div(neg(mul(real, t!)), x!)
  const start = [constant(1), mul(weight, real), mul(weight, imaginary)]
  const [loop, [, value]] = iterate(start, ([m, u, v]) => {
    const next = [sub(mul(v!, imaginary), mul(u!, real)), neg(add(mul(u!, imaginary), mul(v!, real)))].map(
      (x) => mul(m!, x),
    )
    const count = add(m!, 1)
    return { next: [count, ...next], again: le(count, n!) }
  })
  return [...loop, { variable: into, to: value! }]
}

/** The n-th derivative of exp(x²)·erfc(x), n ≥ 1, as core. */
export const erfcxDerivative: RoutineOfNumbers = ([n, x], into, { call }) =>
  firstOf(
    into,
    [n!, x!],
    [[ge(x!, LARGE), (n, x) => add(...NODES.map((t) => call(term, n!, x!, constant(t))))]],
    (n, x) => {
      // y⁽ⁿ⁾ = 2x·y⁽ⁿ⁻¹⁾ + 2(n − 1)·y⁽ⁿ⁻²⁾, y′ = 2x·y − 2/√π (DLMF 7.10.3 and 7.10.4).
      const start = [constant(0), constant(-1 / Math.sqrt(Math.PI)), erfcx(l, x!)]
      const [loop, [, , value]] = iterate(start, ([m, last, value]) => {
        const count = add(m!, 1)
        const next = mul(2, add(mul(x!, value!), mul(select(eq(m!, 0), 1, m!), last!)))
        return { next: [count, value!, next], again: lt(count, n!) }
      })
      return [...loop, { variable: into, to: value! }]
    },
  )
