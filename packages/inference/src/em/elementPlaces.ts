import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'
import { overall } from '../exact/components.ts'
import type { Dependence } from '@variate/language/internal'
import type { Exact } from '../exact/exact.ts'
import type { Integrated } from '../exact/integrated.ts'
import { variablesAt, type Term } from '../exact/terms.ts'
import type { ContinuousSite, DiscreteSite } from '../exact/variables.ts'

/** Of one element of a term: the component in which its latents are integrated. */
export interface ElementPlace {
  readonly component: number
  /** Where the numbers of its continuous latents are among those of the component. */
  readonly numbers: readonly number[]
  /** For each row of the component the combination of the element's own discrete latents. */
  readonly combinationOf: Int32Array
}

type PlaceOf = (
  term: Term,
  discrete: readonly Dependence<DiscreteSite>[],
  continuous: readonly Dependence<ContinuousSite>[],
  element: number,
) => ElementPlace

/** Where the latents of elements are. */
export function elementPlaces(
  bound: Bound,
  { cardinalities, continuous: sites }: Exact,
  integrals: readonly Integrated[],
): PlaceOf {
  const componentOf = new Map<string, number>()
  for (const [i, { component }] of integrals.entries())
    for (const { site, element } of component.terms) componentOf.set(`${element} ${site.name}`, i)
  /** For each continuous variable how many numbers it is. */
  const sizes = [...sites.values()].flatMap(({ lengths, event }) =>
    Array<number>(sizeOf(lengths)).fill(sizeOf(event)),
  )
  return (term, discrete, continuous, element) => {
    const i = componentOf.get(`${overall(bound, term, element)} ${term.site.name}`)!
    const { component } = integrals[i]!
    const starts = new Map<number, number>()
    let from = 0
    for (const variable of component.continuous) {
      starts.set(variable, from)
      from += sizes[variable]!
    }
    const numbers = continuous.flatMap((one) =>
      variablesAt(bound, term, one, element).flatMap((variable) =>
        Array.from({ length: sizes[variable]! }, (_, number) => starts.get(variable)! + number),
      ),
    )
    const own = discrete.flatMap((one) => variablesAt(bound, term, one, element))
    return { component: i, numbers, combinationOf: combinationsAmong(own, component.discrete, cardinalities) }
  }
}

/** For each combination of some variables, in their order, that of others which are among them. */
function combinationsAmong(
  own: readonly number[],
  all: readonly number[],
  cardinalities: Int32Array,
): Int32Array {
  const count = all.reduce((product, variable) => product * cardinalities[variable]!, 1)
  const values = new Map<number, number>()
  return Int32Array.from({ length: count }, (_, row) => {
    let rest = row
    for (const variable of all.toReversed()) {
      values.set(variable, rest % cardinalities[variable]!)
      rest = Math.floor(rest / cardinalities[variable]!)
    }
    return own.reduce((at, variable) => at * cardinalities[variable]! + values.get(variable)!, 0)
  })
}
