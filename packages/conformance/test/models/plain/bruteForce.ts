import { lengthsOf, sizeOf, type Description, type RandomSite } from '../description.ts'
import { logDensity } from './densities.ts'
import { standardNormal, type Form } from './form.ts'
import { linearGaussian, type Seen } from './linearGaussian.ts'
import { elementOf, factorOf } from './logTerms.ts'
import { drawnOf, isNormal, seenOf } from './normalSites.ts'
import { walk } from './walk.ts'

/** What is known of the latents, number by number. */
export interface Known {
  /** log p(data), in nats. */
  readonly logEvidence: number
  /** For each discrete latent the probabilities of each element's values. */
  readonly probabilities: Readonly<Record<string, readonly number[]>>
  readonly mean: Readonly<Record<string, readonly number[]>>
  readonly variance: Readonly<Record<string, readonly number[]>>
}

/** One combination of the values of all discrete latents. */
interface Combination {
  readonly log: number
  /** The place of each element's value in its support. */
  readonly places: readonly number[]
  readonly moments: Readonly<Record<string, readonly Moments[]>>
}

interface Moments {
  readonly mean: number
  readonly variance: number
}

/**
 * The sum over all combinations of discrete values, of integrals over the normal latents.
 *
 * @param isPrior whether what is observed and factors count nothing.
 */
export function bruteForce(description: Description, isPrior = false): Known {
  const latents = latentsOf(description)
  const discrete = latents.filter(({ support }) => support)
  const elements = discrete.flatMap((site) =>
    Array.from({ length: sizeOf(lengthsOf(description, site)) }, () => site),
  )
  const all: Combination[] = []
  const places = elements.map(() => 0)
  for (let more = true; more;) {
    all.push({ places: [...places], ...integral(description, discrete, places, isPrior) })
    more = elements.some((site, i) => {
      places[i] = (places[i]! + 1) % site.support!.length
      return places[i]! > 0
    })
  }
  const best = Math.max(...all.map(({ log }) => log))
  const weights = all.map(({ log }) => Math.exp(log - best))
  const total = weights.reduce((a, b) => a + b)
  const expected = (f: (of: Combination) => number): number =>
    all.reduce((sum, of, i) => sum + (weights[i]! / total) * f(of), 0)
  let from = 0
  const probabilities = discrete.map((site): [string, number[]] => {
    const own = Array.from({ length: sizeOf(lengthsOf(description, site)) }, () => from++)
    return [
      site.name,
      own.flatMap((at) => site.support!.map((_, k) => expected((of) => Number(of.places[at] === k)))),
    ]
  })
  const moments = Object.keys(all[0]!.moments).map((name) => {
    const mean = all[0]!.moments[name]!.map((_, i) => expected((of) => of.moments[name]![i]!.mean))
    const variance = mean.map((center, i) =>
      expected(({ moments: of }) => of[name]![i]!.variance + (of[name]![i]!.mean - center) ** 2),
    )
    return { name, mean, variance }
  })
  return {
    logEvidence: best + Math.log(total),
    probabilities: Object.fromEntries(probabilities),
    mean: Object.fromEntries(moments.map(({ name, mean }) => [name, mean])),
    variance: Object.fromEntries(moments.map(({ name, variance }) => [name, variance])),
  }
}

/** The latents that are unknown. */
export function latentsOf({ sites, conditioned, intervened }: Description): readonly RandomSite[] {
  return sites.filter(
    (site): site is RandomSite =>
      site.kind === 'latent' && !(site.name in conditioned) && !(site.name in intervened),
  )
}

/** The log joint of one combination, the normal latents integrated out. */
function integral(
  description: Description,
  discrete: readonly RandomSite[],
  places: readonly number[],
  isPrior: boolean,
): Omit<Combination, 'places'> {
  const known = { ...description.data, ...description.conditioned }
  const continuous = latentsOf(description).filter(({ support }) => !support)
  const firsts = firstsOf(description, discrete)
  const seen: Seen[] = []
  const linear: Form[] = []
  let log = 0
  let size = 0
  const noise = (): Form => standardNormal(size++)
  const values = walk(description, {
    random: (site, element, distribution) => {
      if (discrete.includes(site)) {
        const value = site.support![places[firsts.get(site)! + element]!]!
        log += logDensity([value], distribution)
        return [value]
      }
      if (continuous.includes(site)) return drawnOf(distribution, noise)
      const own = elementOf(known[site.name]!, site, element)
      if (own && !isPrior) {
        if (isNormal(distribution)) seen.push(...seenOf(own, distribution))
        else log += logDensity(own, distribution)
      }
      return own ?? site.event.map(() => NaN)
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
  const moments = continuous.map(({ name }) => [name, values.get(name)!.forms.map(conditional.momentsOf)])
  return {
    log: log + conditional.logIntegral,
    moments: Object.fromEntries(moments) as Combination['moments'],
  }
}

/** The number of each discrete latent's first element among all. */
function firstsOf(
  description: Description,
  discrete: readonly RandomSite[],
): ReadonlyMap<RandomSite, number> {
  let from = 0
  return new Map(
    discrete.map((site) => {
      const first = from
      from += sizeOf(lengthsOf(description, site))
      return [site, first]
    }),
  )
}
