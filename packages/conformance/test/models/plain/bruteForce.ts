import type { Description } from '../description.ts'
import { integral, type Integral } from './integral.ts'
import { listedOf } from './listed.ts'

/** What is known of the latents, number by number. */
export interface Known {
  /** log p(data), in nats. */
  readonly logEvidence: number
  /** For each discrete latent the probabilities of each element's values. */
  readonly probabilities: Readonly<Record<string, readonly number[]>>
  readonly mean: Readonly<Record<string, readonly number[]>>
  readonly variance: Readonly<Record<string, readonly number[]>>
}

/** One combination of the values that are listed: the place of each element's among them. */
interface Combination extends Integral {
  readonly places: readonly number[]
}

/**
 * The sum over all combinations of listed values, of integrals over all other latents.
 *
 * @param isPrior whether what is observed and factors count nothing.
 */
export function bruteForce(description: Description, isPrior = false): Known {
  const listed = listedOf(description)
  const elements = listed.flatMap(({ first, count, values }) =>
    Array.from({ length: count }, (_, i) => ({ at: first + i, values })),
  )
  const all: Combination[] = []
  const places = elements.map(() => 0)
  for (let more = true; more;) {
    all.push({ places: [...places], ...integral(description, listed, places, isPrior) })
    more = elements.some(({ at, values }) => {
      places[at] = (places[at]! + 1) % values.length
      return places[at]! > 0
    })
  }
  const best = Math.max(...all.map(({ log }) => log))
  const weights = all.map(({ log }) => Math.exp(log - best))
  const total = weights.reduce((a, b) => a + b)
  const expected = (f: (of: Combination) => number): number =>
    all.reduce((sum, of, i) => sum + (weights[i]! / total) * f(of), 0)
  const probabilities = listed
    .filter(({ site }) => site.support)
    .map(({ site, first, count, values }) => {
      const own = Array.from({ length: count }, (_, i) =>
        values.map((__, k) => expected((of) => Number(of.places[first + i] === k))),
      )
      return [site.name, own.flat()]
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
    probabilities: Object.fromEntries(probabilities) as Known['probabilities'],
    mean: Object.fromEntries(moments.map(({ name, mean }) => [name, mean])),
    variance: Object.fromEntries(moments.map(({ name, variance }) => [name, variance])),
  }
}
