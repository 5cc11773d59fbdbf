import { enumeration } from '@variate/inference'
import { declared, givenOf } from './declared.ts'
import type { Description } from './description.ts'
import { bruteForce } from './plain/bruteForce.ts'

export type Close = (what: string, own: ArrayLike<number>, expected: readonly number[], near: number) => void

export const close: Close = (what, own, expected, near) => {
  if (own.length !== expected.length) throw new Error(`${what}: ${own.length} numbers, expected ${expected.length}`)
  for (const [i, x] of expected.entries()) {
    if (Math.abs(own[i]! - x) <= near * Math.max(1, Math.abs(x))) continue
    throw new Error(`${what}: ${own[i]} at ${i}, expected ${x}`)
  }
}

export async function checkEvidence(description: Description): Promise<void> {
  const known = bruteForce(description)
  const { logEvidence, posterior } = await enumeration(declared(description)).fit(givenOf(description) as never)
  close('log evidence', [logEvidence], [known.logEvidence], 1e-9)
  const found = posterior as unknown as Record<'probabilities' | 'mean' | 'variance', Record<string, { data: Float64Array }>>
  for (const what of ['probabilities', 'mean', 'variance'] as const) {
    const names = Object.keys(known[what])
    if (String(Object.keys(found[what]).toSorted()) !== String(names.toSorted()))
      throw new Error(`${what} of ${Object.keys(found[what])}, expected ${names}`)
    for (const name of names) close(`${what} of ${name}`, found[what][name]!.data, known[what][name]!, 1e-8)
  }
}
