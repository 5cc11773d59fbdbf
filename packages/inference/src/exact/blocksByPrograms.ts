import type { BlockFit } from './fitRows.ts'
import type { FamilyPrograms } from './familyPrograms.ts'
import type { Integrated } from './integrated.ts'

/** Blocks of one family and one size. */
export interface BlocksOfPrograms {
  readonly programs: FamilyPrograms
  /** Each with the number of the integral that it is in. */
  readonly blocks: readonly (Omit<BlockFit, 'points'> & { readonly integral: number })[]
}

/** The blocks of all integrals, those together for which the same is compiled. */
export function blocksByPrograms(integrals: readonly Integrated[]): readonly BlocksOfPrograms[] {
  const all = new Map<FamilyPrograms, BlocksOfPrograms['blocks'][number][]>()
  for (const [integral, { conjugate }] of integrals.entries()) {
    for (const block of conjugate?.blocks ?? []) {
      const known = all.get(block.programs) ?? []
      all.set(block.programs, known)
      known.push({ ...block, integral })
    }
  }
  return [...all].map(([programs, blocks]) => ({ programs, blocks }))
}
