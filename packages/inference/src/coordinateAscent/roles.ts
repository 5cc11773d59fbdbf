import { DomainError, UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { placeOf, type Bound } from '@variate/language/internal'
import { isLinearIn, type Scales } from './expansion.ts'
import type { FactorFamily } from './families/factorFamily.ts'
import type { PlanOptions } from './planOptions.ts'
import { refusal } from './refusal.ts'
import { blockOf, statGroups, type JointBlock, type Roles } from './statGroups.ts'
import type { FactorSite } from './supportKinds.ts'
import type { TermLayout } from './termLayout.ts'

type Sites = ReadonlyMap<string, FactorSite>

const UNSCALED: Scales = new Map()

/**
 * Finds out of which families latents are by themselves, and which are kept together: by the terms of the log joint, whatever the
 * declaration says.
 *
 * @throws UnsupportedError for a latent that a term is not conjugate in, with both named; DomainError for blocks of what is no
 *   continuous latent.
 */
export function rolesOf(
  bound: Bound,
  sites: Sites,
  layouts: readonly TermLayout[],
  options: PlanOptions,
): Roles {
  const families = new Map<string, FactorFamily>()
  for (const site of sites.values()) families.set(site.site.name, familyOf(site, sites, layouts, options.who))
  const alone: Roles = { families, blocks: [] }
  const blocks = options.blocks
    ? options.blocks.map((names) => blockOfNames(names, bound, sites, families, options))
    : foundBlocks(sites, layouts, alone)
  const taken = new Set<string>()
  for (const { vectors, scale } of blocks) {
    for (const { site } of [...vectors, ...(scale ? [scale] : [])]) {
      if (taken.has(site.name))
        throw new DomainError(`${options.who}: blocks: "${site.name}" is in two of them`)
      taken.add(site.name)
    }
  }
  return { families, blocks }
}

/** The first family of a latent by itself that all terms are linear in the statistics of. */
function familyOf(site: FactorSite, sites: Sites, layouts: readonly TermLayout[], who: string): FactorFamily {
  if (site.families.length === 1) return site.families[0]!
  const own = layouts.filter(({ continuous }) => continuous.some(({ of }) => of === site))
  const others = [...sites].map(([name, other]) => [name, other.families[0]!] as const)
  const isIn = (layout: TermLayout, family: FactorFamily): boolean => {
    const families = new Map([...others, [site.site.name, family] as const])
    const groups = statGroups(layout, { families, blocks: [] }, false)!
    return groups.every((group, g) => !group.sites.includes(site) || isLinearIn(layout, groups, g, UNSCALED))
  }
  const found = site.families.find((family) => own.every((layout) => isIn(layout, family)))
  if (found) return found
  // A reader that is in no family says more than the prior.
  const worst =
    own.find(
      (layout) => layout.term.site !== site.site && !site.families.some((family) => isIn(layout, family)),
    ) ?? own.find((layout) => !isIn(layout, site.families[0]!))!
  throw refusal(worst, [site], site.families.map(({ name }) => name).join(', '), who)
}

/** The families of precisions and of variances. */
const SCALES: Readonly<Record<string, boolean>> = {
  gamma: false,
  wishart: false,
  inverseGamma: true,
  inverseWishart: true,
}

function blockOfNames(
  names: readonly string[],
  bound: Bound,
  sites: Sites,
  families: ReadonlyMap<string, FactorFamily>,
  { who }: PlanOptions,
): JointBlock {
  const own = names.map((name) => {
    const site = sites.get(name)
    if (site) return site
    const declared = bound.program.declarations.find((one) => one.name === name)
    throw new DomainError(
      `${who}: blocks: ${declared ? placeOf(declared) : `"${name}"`} is no continuous latent that is to be inferred`,
    )
  })
  const vectors = own.filter(({ kind }) => kind === 'vector')
  const scales = own.filter(({ kind }) => kind !== 'vector')
  const isInverse = scales.map(({ site }) => SCALES[families.get(site.name)!.name])
  if (scales.length > 1 || isInverse.includes(undefined) || vectors.length === 0) {
    const quoted = names.map((name) => `"${name}"`).join(' and ')
    throw new UnsupportedError(
      `${who}: blocks: ${quoted} cannot be kept together: normal latents are, by themselves or with one precision or variance of a ` +
        'gamma, inverse gamma, Wishart or inverse Wishart distribution',
    )
  }
  return { vectors, ...(scales[0] ? { scale: scales[0] } : {}), isInverse: isInverse[0] ?? false }
}

/** Normal latents whose distributions read a precision or variance of their own element, where all terms allow to keep them together. */
function foundBlocks(
  sites: Sites,
  layouts: readonly TermLayout[],
  { families }: Roles,
): readonly JointBlock[] {
  const blocks: JointBlock[] = []
  for (const scale of sites.values()) {
    const isInverse = SCALES[families.get(scale.site.name)!.name]
    if (isInverse === undefined || sizeOf(scale.event) !== families.get(scale.site.name)!.size) continue
    const vectors = [...sites.values()].filter(
      (vector) =>
        vector.kind === 'vector' &&
        !blocks.some(({ vectors: others }) => others.includes(vector)) &&
        String(vector.site.plates) === String(scale.site.plates) &&
        layouts.some(
          ({ term, continuous }) => term.site === vector.site && continuous.some(({ of }) => of === scale),
        ),
    )
    const whole = { vectors, scale, isInverse }
    const found = [whole, ...vectors.map((vector) => ({ ...whole, vectors: [vector] }))].find(
      (block) => block.vectors.length > 0 && isJoint(block),
    )
    if (found) blocks.push(found)
  }
  return blocks

  function isJoint(block: JointBlock): boolean {
    const roles: Roles = { families, blocks: [block] }
    return layouts
      .filter(({ continuous }) => continuous.some(({ of }) => blockOf(roles, of)))
      .every((layout) => {
        const groups = statGroups(layout, roles, true)
        return groups?.every(
          (group, g) =>
            !group.sites.some((one) => blockOf(roles, one)) || isLinearIn(layout, groups, g, UNSCALED),
        )
      })
  }
}
