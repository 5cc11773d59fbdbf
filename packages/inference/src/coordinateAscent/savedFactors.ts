import { FormatError, NdArray } from '@variate/core'
import { entryOf, plainData } from '@variate/language/internal'
import { checkSizes, savedSizes, type SavedSizes } from '../saved/savedSizes.ts'
import type { ContinuousFactor, Factor } from './factors.ts'
import type { Plan } from './plan.ts'
import type { Init } from './start.ts'

/** What a fit started from, by the names of latents. */
export type SavedInit = Readonly<Record<string, NdArray<Float64Array>>>

export interface DescribedFactors extends SavedSizes {
  /** How many factors of which kind q has, by the names of the latents that they are of, in the order of these. */
  readonly factors: Readonly<Record<string, string>>
}

/** Arrays to start from, as they are saved. */
export function savedInit(init: Init, who: string): SavedInit {
  const names = Object.keys(init).filter((name) => entryOf(init, name) !== undefined)
  return Object.fromEntries(
    names.map((name) => {
      const { data, shape } = plainData(init[name], `${who}: init: "${name}"`)
      return [name, new NdArray(data, shape)]
    }),
  )
}

/** What tells the factors of a plan from those of another. */
export function describedFactors({ bound, factors }: Plan): DescribedFactors {
  const counts = new Map<string, Map<string, number>>()
  for (const factor of [...factors.discrete, ...factors.continuous]) {
    const names = factor.names.join(', ')
    const own = counts.get(names) ?? new Map<string, number>()
    const kind = kindOf(factor)
    counts.set(names, own.set(kind, (own.get(kind) ?? 0) + 1))
  }
  const texts = [...counts].map(([names, own]) => [
    names,
    [...own].map(([kind, count]) => `${count} × ${kind}`).join(', '),
  ])
  return { ...savedSizes(bound), factors: Object.fromEntries(texts) }
}

function kindOf(factor: Factor): string {
  if (factor.isDiscrete) return `${factor.count} values`
  const { family } = factor as ContinuousFactor
  return `${family.name} of ${family.size}`
}

/** @throws FormatError for a fit to data of other sizes, or whose q has other factors than this plan's. */
export function checkFactors(saved: DescribedFactors, plan: Plan, who: string): void {
  const { factors } = saved
  const { factors: expected } = describedFactors(plan)
  const why = 'it is of other data, another model or other blocks'
  for (const names of new Set([...Object.keys(expected), ...Object.keys(factors)])) {
    const [own, like] = [entryOf(factors, names), entryOf(expected, names)]
    if (own === like) continue
    throw new FormatError(
      `${who}: q of "${names}" was saved as ${own ?? 'none'}, expected ${like ?? 'none'}: ${why}`,
    )
  }
  checkSizes(saved, plan.bound, who)
  // Numbers of factors stand one behind the other.
  const [own, like] = [factors, expected].map((of) => Object.keys(of).join('; '))
  if (own !== like) throw new FormatError(`${who}: q was saved in the order ${own}, expected ${like}: ${why}`)
}
