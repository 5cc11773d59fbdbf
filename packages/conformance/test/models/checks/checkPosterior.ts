import { enumeration } from '@variate/inference'
import { declared, givenOf } from '../declared.ts'
import { latentsOf, type Description } from '../description.ts'
import { bruteForce } from '../plain/bruteForce.ts'
import { close, sameNames } from './close.ts'

type Arrays = Readonly<Record<string, { readonly data: ArrayLike<number> }>>

/** What `enumeration` finds, as it is told here. */
export interface Found {
  readonly logEvidence: number
  readonly posterior: {
    readonly probabilities: Arrays
    readonly values: Arrays
    readonly mean: Arrays
    readonly variance: Arrays
    sample(count: number, options: { readonly seed: number }): Promise<Arrays>
  }
}

export async function found(description: Description): Promise<Found> {
  return (await enumeration(declared(description)).fit(givenOf(description) as never)) as unknown as Found
}

/** The log evidence, the probabilities of what is discrete, and the moments of what is continuous. */
export async function checkPosterior(description: Description): Promise<Found> {
  const known = bruteForce(description)
  const own = await found(description)
  close('log evidence', [own.logEvidence], [known.logEvidence], 1e-9)
  for (const what of ['probabilities', 'mean', 'variance'] as const) {
    sameNames(what, own.posterior[what], known[what])
    for (const [name, numbers] of Object.entries(known[what]))
      close(`${what} of ${name}`, own.posterior[what][name]!.data, numbers, 1e-9)
  }
  for (const { name, support } of latentsOf(description))
    if (support) close(`values of ${name}`, own.posterior.values[name]!.data, support, 0)
  return own
}
