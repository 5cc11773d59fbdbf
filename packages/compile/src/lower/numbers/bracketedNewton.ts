import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { iterate } from './iterate.ts'
import { abs, add, all, constant, gt, lt, most, mul, select, sub } from './number.ts'

/**
 * The root of an increasing function between two ends, by Newton's method, with bisection where a step leaves them.
 *
 * @param step the Newton step at a point: its sign tells on which side the root is.
 */
export function bracketedNewton(
  [start, low, high]: readonly [start: Value, low: Value, high: Value],
  step: (x: Value) => Value,
): readonly [statements: readonly Statement[], root: Value] {
  const [statements, [, root]] = iterate([constant(0), start, low, high], ([n, x, low, high]) => {
    const by = step(x!)
    const isAbove = lt(by, 0)
    const [below, above] = [select(isAbove, low!, x!), select(isAbove, x!, high!)]
    const moved = add(x!, by)
    const next = select(all(gt(moved, below), lt(moved, above)), moved, mul(0.5, add(below, above)))
    const count = add(n!, 1)
    const isFar = gt(abs(sub(next, x!)), mul(1e-15, most(1, abs(next))))
    return { next: [count, next, below, above], again: all(isFar, lt(count, 200)) }
  })
  return [statements, root!]
}
