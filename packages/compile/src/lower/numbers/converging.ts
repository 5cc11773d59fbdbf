import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { iterate } from './iterate.ts'
import type { Jet, Jets } from './jets.ts'
import { abs, add, all, any, constant, ge, gt, le, lt, mul, not, select, sub } from './number.ts'

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
  const nothing = jets.parts.map(() => constant(0))
  const [one, none] = [constant(-1), constant(0)]
  const start = [none, one, ...jets.numbers(scale), ...nothing, ...jets.numbers(scale)]
  const [statements, [, , ...state]] = iterate(start, ([before, extra, ...numbers]) => {
    const n = add(before!, 1)
    const [p, oldP, oldQ] = jets.split(numbers) as [Jet, Jet, Jet]
    const { b, alpha } = step(n)
    const f = jets.reciprocal(jets.plus(b, jets.times(alpha, oldQ)))
    const next = jets.times(jets.plus(jets.times(b, p), jets.times(alpha, oldP)), f)
    const [, ...slopes] = jets.parts
    const rounding = mul(slopes.length > 0 ? 2e-16 : 1e-16, abs(next.value))
    const settled = not(gt(abs(sub(next.value, p.value)), rounding))
    const close = slopes.map((part) => le(abs(sub(next[part]!, p[part]!)), mul(1e-15, abs(next[part]!))))
    // Derivatives settle soon after the value does, down to a rounding error that may exceed the test.
    const left = select(lt(extra!, 0), add(8, mul(0.5, n)), extra!)
    const rest = select(settled, sub(left, 1), extra!)
    const goesOn = close.length > 0 ? any(not(settled), all(not(all(...close)), ge(rest, 0))) : not(settled)
    return {
      next: [n, rest, ...jets.numbers(next), ...jets.numbers(jets.times(p, f)), ...jets.numbers(f)],
      again: all(goesOn, lt(n, 100_000)),
    }
  })
  return [statements, jets.split(state)[0]!]
}
