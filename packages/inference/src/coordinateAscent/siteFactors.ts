import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { categorical, type Distribution } from '@variate/distributions'
import { plainMember, type Parameters } from './families/members.ts'
import type { MeanFieldState } from './meanField.ts'
import type { Plan } from './plan.ts'
import type { FactorSite } from './supportKinds.ts'

/** What q is of a latent. */
export interface FactorOfSite {
  /** Such as `'normal'`, or `'normalGamma'` where it is kept together with another. */
  readonly family: string
  /** The latents that it is kept together with. */
  readonly together: readonly string[]
  /**
   * The parameters of its factors, an axis for each plate first, by the names of `@variate/distributions`: of a normal vector with
   * a gamma precision s `loc`, `covariance`, which is that of s = 1, `concentration` and `rate`; of one with a Wishart precision Λ
   * `loc`, `strength`, by which Λ is multiplied, `df` and `scale`.
   */
  readonly parameters: Readonly<Record<string, NdArray<Float64Array>>>
  /**
   * How it is distributed by itself, each element alone: its batch has an axis for each plate. Of an element of more than one
   * number the event is the vector of these.
   */
  readonly distribution: Distribution
}

/** What q is of each latent. */
export function siteFactors(plan: Plan, q: MeanFieldState): Readonly<Record<string, FactorOfSite>> {
  const discrete = [...plan.discrete.values()].map(({ site, lengths, cardinality, first }) => {
    const own = plan.factors.discrete.slice(first, first + sizeOf(lengths))
    const { probs } = stacked(
      own.map(({ from, count }) => ({
        probs: { shape: [cardinality], data: q.expected.subarray(from, from + count) },
      })),
      lengths,
    )
    const factor = { family: 'categorical', together: [], parameters: { probs: probs! } }
    return [site.name, { ...factor, distribution: categorical({ probs: probs! }) }] as const
  })
  const continuous = [...plan.sites.values()].map(
    (site) => [site.site.name, factorOfSite(plan, site, q)] as const,
  )
  return Object.fromEntries<FactorOfSite>([...discrete, ...continuous])
}

function factorOfSite({ factors }: Plan, site: FactorSite, { natural }: MeanFieldState): FactorOfSite {
  const width = sizeOf(site.event)
  const members = Array.from({ length: (sizeOf(site.lengths) * width) / site.size }, (_, i) => {
    const { factor, position } = factors.placeOf(site, i * site.size)
    const numbers = Array.from({ length: site.size }, (__, k) => position + k)
    const own = natural.subarray(factor.from, factor.from + factor.count)
    return plainMember(factor.family, own, { numbers, isVector: site.event.length > 0 })
  })
  // Numbers that are factors by themselves, and vectors on simplices, may be in an array: its axes are of the batch.
  const inner = { vector: site.event.length, positive: 0, unit: 0, simplex: 1, matrix: 2 }[site.kind]
  const lead = [...site.lengths, ...site.event.slice(0, site.event.length - inner)]
  const { factor } = factors.placeOf(site, 0)
  return {
    family: factor.family.name,
    together: factor.names.filter((name) => name !== site.site.name),
    parameters: stacked(
      members.map(({ parameters }) => parameters),
      lead,
    ),
    distribution: members[0]!.make(
      stacked(
        members.map(({ marginal }) => marginal),
        lead,
      ),
    ),
  }
}

/** The parameters of all elements, one behind the other. */
function stacked(
  all: readonly Parameters[],
  lead: readonly number[],
): Readonly<Record<string, NdArray<Float64Array>>> {
  return Object.fromEntries(
    Object.entries(all[0]!).map(([name, { shape }]) => [
      name,
      new NdArray(Float64Array.from(all.flatMap((own) => Array.from(own[name]!.data))), [...lead, ...shape]),
    ]),
  )
}
