import { UnsupportedError } from '@variate/core'
import { placeOf, type Bound } from '@variate/language/internal'
import { hasTerm, termsOf } from '../exact/terms.ts'
import { continuousOf, variablesOf, type DiscreteSite, type LatentSite } from '../exact/variables.ts'
import { combinationsOf } from '../exact/combinationRows.ts'
import { sizeOf } from '@variate/core/internal'
import { expansionOf, isLinearIn, type Scales } from './expansion.ts'
import { factorsOf, type Factors } from './factors.ts'
import { logJointPolynomial, type ExpandedTerm } from './logJointPolynomial.ts'
import type { Polynomial } from './polynomial.ts'
import type { PlanOptions } from './planOptions.ts'
import { refusal } from './refusal.ts'
import { rolesOf } from './roles.ts'
import { statGroups, type Roles } from './statGroups.ts'
import { factorSites, type FactorSite } from './supportKinds.ts'
import { termLayout, type TermLayout } from './termLayout.ts'

/** A model as coordinate ascent sees it: the factors of q, and the log joint in their statistics. */
export interface Plan {
  readonly bound: Bound
  readonly discrete: ReadonlyMap<string, DiscreteSite>
  readonly sites: ReadonlyMap<string, FactorSite>
  readonly factors: Factors
  readonly polynomial: Polynomial
  /** The same, the terms taken where latents are about as large. */
  rescaled(scales: Scales): Plan
}

/** @throws UnsupportedError for latents of no conjugate family, and terms that are not conjugate in them, with both sites named. */
export function planOf(bound: Bound, options: PlanOptions): Plan {
  const { who, limit } = options
  const discrete = discreteOf(bound, who)
  const sites = factorSites(bound, continuousOf(bound, discrete), who)
  const latents = new Map<string, LatentSite>([...discrete, ...sites])
  const terms = bound.program.declarations.filter(hasTerm).flatMap((site) => termsOf(bound, latents, site))
  const layouts = terms.map((term) => {
    const combinations = term.dependences.reduce(
      (product, one) => ('values' in one.of ? product * combinationsOf(one as never) : product),
      1,
    )
    checkCost(combinations * sizeOf(term.lengths), limit, `${who}: ${placeOf(term.site)}`)
    return termLayout(bound, term)
  })
  const roles = rolesOf(bound, sites, layouts, options)
  const factors = factorsOf(bound, discrete, sites, layouts, roles, who)
  const planned = (scales: Scales): Plan => {
    const expanded = layouts.map((layout) => expandedTerm(layout, roles, scales, options))
    const polynomial = logJointPolynomial(bound, expanded, factors, options.plate, who)
    return { bound, discrete, sites, factors, polynomial, rescaled: planned }
  }
  return planned(new Map())
}

function discreteOf(bound: Bound, who: string): ReadonlyMap<string, DiscreteSite> {
  try {
    return variablesOf(bound)
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error
    throw new UnsupportedError(
      `${error.message.replace(/^enumeration/, who)}: use bbvi, or condition on it`,
      {
        cause: error,
      },
    )
  }
}

/** @throws UnsupportedError where a term is in no family. */
function expandedTerm(
  layout: TermLayout,
  roles: Roles,
  scales: Scales,
  { limit, who }: PlanOptions,
): ExpandedTerm {
  const { combinations, elements, term } = layout
  for (const isJoint of [true, false]) {
    const groups = statGroups(layout, roles, isJoint)
    if (!groups) continue
    const points = groups.reduce(
      (product, { family }) => product * (family.count + 1),
      combinations * elements,
    )
    if (points > limit && isJoint) continue
    checkCost(points, limit, `${who}: ${placeOf(term.site)}`)
    const expansion = expansionOf(layout, groups, scales)
    if (expansion) return { layout, groups, expansion }
  }
  throw notConjugate(layout, roles, scales, who)
}

/** @throws UnsupportedError for more numbers than the limit. */
function checkCost(numbers: number, limit: number, where: string): void {
  if (numbers <= limit) return
  throw new UnsupportedError(
    `${where} depends on so many latents together that it would be computed ${numbers} times, more than the limit of ${limit}: ` +
      'raise limit, or use bbvi',
  )
}

function notConjugate(layout: TermLayout, roles: Roles, scales: Scales, who: string): UnsupportedError {
  const groups = statGroups(layout, roles, false)
  const bad = groups?.find((_, g) => !isLinearIn(layout, groups, g, scales))
  const sites = bad?.sites ?? layout.continuous.map(({ of }) => of)
  const block = roles.blocks.find(({ scale, vectors }) => scale && vectors.some((one) => sites.includes(one)))
  if (!block || (bad && !sites.includes(block.scale!))) return refusal(layout, sites, bad?.family.name, who)
  const names = [...block.vectors, block.scale!].map(({ site }) => `"${site.name}"`).join(' and ')
  return new UnsupportedError(
    `${who}: blocks: ${placeOf(layout.term.site)} is not conjugate in ${names} together: its spread must be that which ` +
      `"${block.scale!.site.name}" gives. Leave them out of blocks`,
  )
}
