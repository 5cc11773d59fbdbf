import { UnsupportedError } from '@variate/core'
import type { Block, ConjugateSite } from './conjugateSites.ts'
import { familyPrograms, type FamilyPrograms } from './familyPrograms.ts'
import { fitFamily, type Statistics, type Taken } from './fitFamily.ts'
import { integralsOver } from './integralsOver.ts'
import type { GaussianPart } from './integrateGaussian.ts'
import type { Points, RowsOfGroup } from './points.ts'
import type { Quadratic } from './quadratic.ts'
import { takenIn } from './taken.ts'

/** A block's distribution in each row. */
export interface BlockFit {
  readonly block: Block
  readonly programs: FamilyPrograms
  /** Natural parameters, [rows, count]. */
  readonly natural: Float64Array
  /** Its points, [rows, points, size]. */
  readonly points: Float64Array
}

/** A component in some rows. */
export interface FittedRows {
  /** The logarithm of its integral over normal latents, where it was taken. */
  readonly taken: Taken
  /** What the normal latents are there, [rows][points]; none if there are no such latents. */
  readonly parts: readonly (readonly GaussianPart[])[]
  readonly blocks: readonly BlockFit[]
  /** The logarithm of the integral over all, in each row. */
  readonly logIntegrals: Float64Array
}

/** Gives the families that a latent may be of, and keeps that which was found for it. */
export interface FamilyChoice {
  of(site: ConjugateSite, size: number): readonly FamilyPrograms[]
  choose(site: ConjugateSite, programs: FamilyPrograms): void
}

/** Families, each compiled once for each size of its latents. */
export function familyChoice(): FamilyChoice {
  const compiled = new Map<string, FamilyPrograms>()
  const chosen = new Map<string, FamilyPrograms>()
  return {
    of: ({ site, families }, size) => {
      const known = chosen.get(site.name)
      if (known) return [known]
      return families.map((family) => {
        const name = `${family.name} ${size}`
        const programs = compiled.get(name) ?? familyPrograms(family, size)
        compiled.set(name, programs)
        return programs
      })
    },
    choose: ({ site }, programs) => void chosen.set(site.name, programs),
  }
}

/**
 * Finds out of what exponential families the blocks of components are, and integrates over them.
 *
 * @param quadratic the terms in all points.
 * @throws UnsupportedError where a block is of no family, or blocks depend on each other, or there is no integral.
 */
export function fitRows(
  rows: RowsOfGroup,
  points: Points,
  quadratic: Quadratic,
  families: FamilyChoice,
  who: string,
): readonly FittedRows[] {
  const { group, from, count } = rows
  const takens = group.components.map((component, i) => {
    const own = Math.max(0, Math.min(count, group.counts[i]! - from))
    return takenIn(
      quadratic,
      component,
      group.places[i]!,
      { rows: own, stride: group.stride, who },
      group.designs[i]!,
    )
  })
  const fits = group.blocks.map((own): (BlockFit | undefined)[] => own.map(() => undefined))
  const bases = new Map<BlockFit, Statistics>()
  const sites = new Set(group.blocks.flatMap((own) => own.map(({ site }) => site)))
  for (const site of sites) {
    const jobs = group.blocks.flatMap((own, i) =>
      own.flatMap((block, k) => (block.site === site ? [{ block, i, k }] : [])),
    )
    const found = families.of(site, jobs[0]!.block.size).find((programs) => {
      const parts = statisticsOf(
        programs,
        jobs.map(({ i, k }) => points.blocks[i]![k]!),
      )
      return jobs.every(({ block, i, k }, job) => {
        const natural = fitFamily(programs, group.designs[i]!, k, takens[i]!.taken, parts[job]!)
        if (!natural) return false
        fits[i]![k] = { block, programs, natural, points: points.blocks[i]![k]! }
        bases.set(fits[i]![k]!, parts[job]!)
        return true
      })
    })
    if (!found) throw notConjugate(who, site)
    families.choose(site, found)
  }
  return takens.map(({ taken, parts }, i) => {
    const blocks = fits[i]! as readonly BlockFit[]
    const statistics = blocks.map((fit) => bases.get(fit)!)
    return {
      taken,
      parts,
      blocks,
      logIntegrals: integralsOver(group.designs[i]!, taken, blocks, statistics, who),
    }
  })
}

function statisticsOf(programs: FamilyPrograms, points: readonly Float64Array[]): readonly Statistics[] {
  const all = new Float64Array(points.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const own of points) {
    all.set(own, at)
    at += own.length
  }
  const { statistics, base } = programs.statistics(all)
  at = 0
  return points.map(({ length }) => {
    const [first, next] = [at, (at += length / programs.size)]
    return {
      statistics: statistics.subarray(first * programs.count, next * programs.count),
      base: base.subarray(first, next),
    }
  })
}

function notConjugate(who: string, { site, families }: ConjugateSite): UnsupportedError {
  const names = families.map(({ name }) => name)
  return new UnsupportedError(
    `${who}: the log joint is not conjugate in "${site.name}": as a function of it, given the discrete latents, it is none of ` +
      `${names.join(', ')}, so that it cannot be integrated exactly: condition on it, or use an approximation`,
  )
}
