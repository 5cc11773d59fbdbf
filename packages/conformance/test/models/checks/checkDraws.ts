import { declared, givenOf } from '../declared.ts'
import { latentsOf, type Description } from '../description.ts'
import { bruteForce, type Known } from '../plain/bruteForce.ts'
import type { Found } from './checkPosterior.ts'

const COUNT = 2000
/** Of a few thousand means of draws one is further off with a chance below 1e-5. */
const MOST_ERRORS = 6

type Arrays = Readonly<Record<string, { readonly data: ArrayLike<number> }>>

/** Means of draws of the prior and of the posterior, by their standard errors. */
export async function checkDraws(
  description: Description,
  { posterior }: Found,
  seed: number,
): Promise<void> {
  const options = { seed, count: COUNT, given: onlyOutside(description), sizes: sizesOf(description) }
  const draws = (await declared(description).sample(options as never)) as unknown as Arrays
  checkMeans('prior draws', description, draws, bruteForce(description, true))
  checkMeans('posterior draws', description, await posterior.sample(COUNT, { seed }), bruteForce(description))
}

function checkMeans(what: string, description: Description, draws: Arrays, known: Known): void {
  for (const { name, support } of latentsOf(description)) {
    const { data } = draws[name]!
    const size = data.length / COUNT
    for (let i = 0; i < size; i++) {
      const [mean, variance] = support
        ? momentsOf(support, known.probabilities[name]!, i)
        : [known.mean[name]![i]!, known.variance[name]![i]!]
      let total = 0
      for (let draw = 0; draw < COUNT; draw++) total += data[draw * size + i]!
      const errors = Math.abs(total / COUNT - mean) / Math.sqrt(variance / COUNT + 1e-12)
      if (!(errors <= MOST_ERRORS))
        throw new Error(`${what} of ${name}: ${errors} standard errors off at ${i}`)
    }
  }
}

function momentsOf(support: readonly number[], probabilities: readonly number[], element: number) {
  const own = support.map((value, k) => [value, probabilities[element * support.length + k]!] as const)
  const mean = own.reduce((sum, [value, p]) => sum + p * value, 0)
  return [mean, own.reduce((sum, [value, p]) => sum + p * (value - mean) ** 2, 0)] as const
}

function onlyOutside(description: Description): Record<string, unknown> {
  const given = givenOf(description)
  const names = description.sites
    .filter(({ kind }) => kind === 'input' || kind === 'param')
    .map(({ name }) => name)
  return Object.fromEntries(names.flatMap((name) => (name in given ? [[name, given[name]]] : [])))
}

/** The sizes that have names. */
function sizesOf({ plates }: Description): Record<string, number> {
  return Object.fromEntries(
    Object.values(plates).flatMap(({ size, length }) => (size === undefined ? [] : [[size, length]])),
  )
}
