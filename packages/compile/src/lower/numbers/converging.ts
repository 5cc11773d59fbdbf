import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { iterate } from './iterate.ts'
import type { Jet, Jets } from './jets.ts'
import { abs, add, all, any, constant, div, eq, gt, lt, most, mul, not, select, sub } from './number.ts'

/**
 * The sum of terms of which the first is given and each other one made of the last and its own number, from 1 on, until no part
 * of them changes that of the sum.
 */
export function seriesOf(
  jets: Jets,
  first: Jet,
  next: (term: Jet, n: Value) => Jet,
): readonly [statements: readonly Statement[], sum: Jet] {
  const start = [constant(0), ...jets.numbers(first), ...jets.numbers(first)]
  const [statements, [, ...state]] = iterate(start, ([before, ...numbers]) => {
    const n = add(before!, 1)
    const [term, sum] = jets.split(numbers) as [Jet, Jet]
    const made = next(term, n)
    const total = jets.plus(sum, made)
    const changes = jets.parts.map((part) => gt(abs(made[part]!), mul(1e-17, abs(total[part]!))))
    return { next: [n, ...jets.numbers(made), ...jets.numbers(total)], again: any(...changes) }
  })
  return [statements, jets.split(state)[1]!]
}

/** One step of a continued fraction: b in value = … + α/(b + …), and what comes before it. */
interface Step {
  readonly b: Jet
  readonly alpha: Jet
}

/**
 * The value of a continued fraction by its convergents, whose denominators are kept at 1.
 *
 * @param first the first denominator.
 * @param step what convergents n − 1 and n − 2 are multiplied by to be convergent n, from 1 on.
 */
export function fractionOf(
  jets: Jets,
  first: Jet,
  step: (n: Value) => Step,
): readonly [statements: readonly Statement[], value: Jet] {
  const scale = jets.reciprocal(first)
  const zero = constant(0)
  const nothing = jets.parts.map(() => zero)
  const start = [zero, zero, zero, ...jets.numbers(scale), ...nothing, ...jets.numbers(scale)]
  const [statements, [, , , ...state]] = iterate(start, ([before, stalls, last, ...numbers]) => {
    const n = add(before!, 1)
    const [p, oldP, oldQ] = jets.split(numbers) as [Jet, Jet, Jet]
    const { b, alpha } = step(n)
    const f = jets.reciprocal(jets.plus(b, jets.times(alpha, oldQ)))
    const next = jets.times(jets.plus(jets.times(b, p), jets.times(alpha, oldP)), f)
    const [ofValue, ...ofSlopes] = jets.parts.map((part) => {
      const change = abs(sub(next[part]!, p[part]!))
      return select(eq(change, 0), 0, div(change, abs(next[part]!)))
    })
    const settled = not(gt(ofValue!, ofSlopes.length > 0 ? 2e-16 : 1e-16))
    // Derivatives may settle long after the value does, down to a rounding error that may exceed the test: then they come no closer.
    const change = most(0, ...ofSlopes)
    const isStalled = all(settled, not(lt(change, last!)))
    const count = select(isStalled, add(stalls!, 1), stalls!)
    const goesOn = all(gt(change, 1e-15), lt(count, add(8, mul(0.5, n))))
    return {
      next: [n, count, change, ...jets.numbers(next), ...jets.numbers(jets.times(p, f)), ...jets.numbers(f)],
      again: all(any(not(settled), goesOn), lt(n, 100_000)),
    }
  })
  return [statements, jets.split(state)[0]!]
}
