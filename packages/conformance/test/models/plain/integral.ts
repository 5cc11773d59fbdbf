import { latentsOf, type Description } from '../description.ts'
import {
  conjugateMoments,
  conjugateOf,
  counted,
  logWorth,
  multiplesOf,
  type Conjugate,
  type Moments,
} from './conjugateCounts.ts'
import { logDensity } from './densities.ts'
import { isMultiple, standardNormal, type Form } from './form.ts'
import { linearGaussian, type Seen } from './linearGaussian.ts'
import type { Listed } from './listed.ts'
import { elementOf, factorOf } from './logTerms.ts'
import { drawnOf, isNormal, seenOf } from './normalSites.ts'
import { logWeightOf } from './scaleNodes.ts'
import { walk } from './walk.ts'

export interface Integral {
  /** In nats. */
  readonly log: number
  /** Of each number of the latents that are not discrete. */
  readonly moments: Readonly<Record<string, readonly Moments[]>>
}

/**
 * The joint density where listed latents have some of their values, with all other latents integrated out.
 *
 * @param places of the values of each element.
 * @param isPrior whether what is observed and factors count nothing.
 */
export function integral(
  description: Description,
  listed: readonly Listed[],
  places: readonly number[],
  isPrior: boolean,
): Integral {
  const known = { ...description.data, ...description.conditioned }
  const latents = latentsOf(description)
  const seen: Seen[] = []
  const linear: Form[] = []
  const conjugates: Conjugate[] = []
  let log = 0
  let size = 0
  const noise = (): Form => standardNormal(size++)
  const values = walk(description, {
    random: (site, element, distribution) => {
      const own = listed.find((one) => one.site === site)
      if (own) {
        const value = own.values[places[own.first + element]!]!
        log += counted([value], distribution, conjugates) ?? logDensity([value], distribution)
        if (site.isCommonScale) log += logWeightOf(value)
        return [value]
      }
      if (latents.includes(site)) {
        const conjugate = conjugateOf(distribution)
        if (!conjugate) return drawnOf(distribution, noise)
        return multiplesOf(conjugate, conjugates.push(conjugate) - 1)
      }
      const data = elementOf(known[site.name]!, site, element)
      if (data && !isPrior) {
        if (isNormal(distribution)) seen.push(...seenOf(data, distribution))
        else log += counted(data, distribution, conjugates) ?? logDensity(data, distribution)
      }
      return data ?? site.event.map(() => NaN)
    },
    factor: (site, _, value) => {
      if (isPrior) return
      if (typeof value === 'number') log += factorOf(site, value)
      else if (site.curvature === undefined) linear.push(value)
      else {
        // exp(−(c / 2) f²) = N(0; f, 1 / c) √(2π / c)
        seen.push({ x: 0, form: value, scale: site.curvature ** -0.5 })
        log += Math.log((2 * Math.PI) / site.curvature) / 2
      }
    },
  })
  const conditional = linearGaussian(size, seen, linear)
  const worth = conjugates.reduce((sum, own) => sum + logWorth(own), 0)
  const momentsOf = (form: Form): Moments =>
    isMultiple(form) ? conjugateMoments(conjugates[form.of]!)[form.entry]! : conditional.momentsOf(form)
  const moments = latents
    .filter(({ support }) => !support)
    .map(({ name }) => [name, values.get(name)!.forms.map(momentsOf)])
  return {
    log: log + conditional.logIntegral + worth,
    moments: Object.fromEntries(moments) as Integral['moments'],
  }
}
