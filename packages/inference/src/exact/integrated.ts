import { NdArray } from '@variate/core'
import type { Bound } from '@variate/language/internal'
import type { Component } from './components.ts'
import { valuesOf } from './discretePosterior.ts'
import type { Factor } from './factor.ts'
import { fixedTermsOf } from './fixedTerms.ts'
import type { BlockFit } from './fitRows.ts'
import { groupsOf, rowsFrom } from './groups.ts'
import type { GaussianPart } from './integrateGaussian.ts'
import { partOf, quadraticNearMeans } from './nearMeans.ts'
import { quadraticsOf, totalOf, type Quadratic } from './quadratic.ts'
import { unseenIn } from './unseen.ts'
import type { ContinuousSite, DiscreteSite } from './variables.ts'

/** A component whose continuous latents are integrated out: for each combination of its discrete variables what is left. */
export interface Integrated {
  readonly component: Component
  /** Where its numbers are in the vector of all normal latents. */
  readonly places: readonly number[]
  /** What its normal latents are in each combination; none where it has latents of exponential families. */
  readonly parts: readonly GaussianPart[]
  /** The logarithms of the integrals, as a factor of the discrete variables. */
  readonly factor: Factor
  /** The combinations that are impossible where it was looked, and may not be elsewhere. */
  readonly unseen: readonly number[]
  readonly conjugate?: ConjugatePart
}

/** A component that has latents of exponential families, in each combination of its discrete variables. */
export interface ConjugatePart {
  /** What such latents are, each with natural parameters [combinations, count]. */
  readonly blocks: readonly Omit<BlockFit, 'points'>[]
  /** Moments of its normal latents, [combinations, numbers]. */
  readonly mean: Float64Array
  readonly variance: Float64Array
  /** The terms as quadratic functions of normal latents, given rows of values of all others. */
  readonly given: (rows: Readonly<Record<string, NdArray>>) => Quadratic
  /** How many rows it is best given. */
  readonly rowsAtATime: number
}

/** How many numbers of second derivatives are computed at a time. */
const AT_A_TIME = 2 ** 19

/**
 * Integrates the continuous latents of components, for each combination of the discrete variables that each depends on.
 *
 * @returns a function of what is given, compiled once.
 * @throws UnsupportedError where the log joint is not quadratic in them, or has no integral.
 */
export function integralsOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  continuous: ReadonlyMap<string, ContinuousSite>,
  components: readonly Component[],
  cardinalities: Int32Array,
): (values: Bound['values']) => readonly Integrated[] {
  if (components.length === 0) return () => []
  const sites = [...new Set(components.flatMap(({ terms }) => terms.map(({ site }) => site)))]
  const who = `enumeration: model "${bound.program.name}"`
  const size = totalOf(continuous)
  const groups = groupsOf(components, continuous, cardinalities)
  const all = groups.flatMap(({ places }) => places)
  const probes = probesOf(all, size)
  const quadratics = quadraticsOf(bound, continuous, sites, probes)
  const fixedTerms = fixedTermsOf(bound, { conjugate: new Map(), gaussian: continuous }, sites)
  let isChecked = false
  return (values) => {
    const integrated = groups.flatMap((together): readonly Integrated[] => {
      const { components: group, counts, rows, places } = together
      const chunk = Math.min(rows, Math.max(1, Math.floor(AT_A_TIME / Math.max(1, probes.data.length))))
      const parts = group.map((): GaussianPart[] => [])
      const unseen = group.map((): number[] => [])
      for (let from = 0; from < rows; from += chunk) {
        const given = valuesOf(discrete, rowsFrom(together, cardinalities, from, chunk), [chunk])
        const at = (points?: Float64Array): Quadratic => quadratics(values, given, points)
        const quadratic = quadraticNearMeans(at, together, chunk, continuous, who, isChecked)
        const isFixed = once(() => fixedTerms(values, given))
        for (const [i, component] of group.entries()) {
          const count = Math.max(0, Math.min(chunk, counts[i]! - from))
          const own = Array.from({ length: count }, (_, row) =>
            partOf(quadratic, component, places[i]!, row, who),
          )
          for (const part of own) parts[i]!.push(part)
          const logs = own.map(({ logIntegral }) => logIntegral)
          for (const row of unseenIn(component, logs, quadratic.logs, 1, isFixed)) unseen[i]!.push(from + row)
        }
      }
      return group.map((component, i) => ({
        component,
        places: places[i]!,
        parts: parts[i]!,
        unseen: unseen[i]!,
        factor: {
          variables: component.discrete,
          table: Float64Array.from(parts[i]!, ({ logIntegral }) => logIntegral),
        },
      }))
    })
    isChecked = true
    return integrated
  }
}

/** What is computed when it is first asked for. */
export function once<Result>(compute: () => Result): () => Result {
  let known: { readonly result: Result } | undefined
  return () => (known ??= { result: compute() }).result
}

/** The i-th probe is 1 at the i-th number of each component. */
export function probesOf(places: readonly (readonly number[])[], size: number): NdArray<Float64Array> {
  const count = places.reduce((most, own) => Math.max(most, own.length), 1)
  const probes = new Float64Array(count * size)
  for (const own of places) for (const [i, place] of own.entries()) probes[i * size + place] = 1
  return new NdArray(probes, [count, size])
}
