import { declared, givenOf } from '../declared.ts'
import { nested, type Description, type Table } from '../description.ts'
import { logTerms } from '../plain/logTerms.ts'
import { close, sameNames } from './close.ts'

/** The log probability of each element of each site, and their sum, where all latents are given. */
export async function checkTerms(
  description: Description,
  latents: Readonly<Record<string, Table>>,
): Promise<void> {
  const model = declared(description)
  const values = Object.fromEntries(Object.entries(latents).map(([name, table]) => [name, nested(table)]))
  const given = { ...givenOf(description), ...values } as never
  const known = logTerms(description, latents)
  const own = (await model.logProb(given)) as Readonly<Record<string, { readonly data: ArrayLike<number> }>>
  sameNames('log probabilities', own, known)
  for (const [name, logs] of Object.entries(known)) close(`log p of ${name}`, own[name]!.data, logs, 1e-11)
  const total = Object.values(known)
    .flat()
    .reduce((a, b) => a + b, 0)
  close('log joint', [await model.logJoint(given)], [total], 1e-11)
}
