import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'
import type { Dependence } from '@variate/language/internal'
import { beforeOf } from './termAt.ts'
import type { DiscreteSite, LatentSite } from './variables.ts'

/** How many combinations the variables of a dependence have. */
export function combinationsOf({ of, count }: Dependence<DiscreteSite>): number {
  return of.cardinality ** count
}

/** The name of a dependence among the rows of combinations. */
export function nameOf({ of, isBefore }: Dependence<LatentSite>): string {
  return isBefore ? beforeOf(of.site.name) : of.site.name
}

/** For each dependence its values in all combinations of all of them, [combinations, ...whole plates, ...event]. */
export function combinationRows(
  bound: Bound,
  dependences: readonly Dependence<DiscreteSite>[],
  count: number,
): Readonly<Record<string, NdArray>> {
  let inner = count
  return Object.fromEntries(
    dependences.map((dependence) => {
      const { of, whole, count: variables } = dependence
      const combinations = combinationsOf(dependence)
      const { values, cardinality } = of
      inner /= combinations
      const event = values.shape.slice(1)
      const size = sizeOf(event)
      const shape = [count, ...whole.map((plate) => bound.sizes.get(plate)!), ...event]
      const data = new (values.data.constructor as Float64ArrayConstructor)(count * variables * size)
      for (let row = 0; row < count; row++) {
        let rest = Math.floor(row / inner) % combinations
        for (let variable = variables - 1; variable >= 0; variable--) {
          const value = rest % cardinality
          rest = Math.floor(rest / cardinality)
          const from = values.data.subarray(value * size, (value + 1) * size)
          data.set(from as Float64Array, (row * variables + variable) * size)
        }
      }
      return [nameOf(dependence), new NdArray(data, shape)]
    }),
  )
}
