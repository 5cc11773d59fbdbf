import type { NdArray } from '@variate/core'
import { bind, type Bound } from './bind.ts'
import { checkBatch } from './checkBatch.ts'
import { locatedIn } from './eagerly.ts'
import { nanIn } from './firstNaN.ts'
import { checkBatchRecord, subsetsOf, type MinibatchOptions } from './minibatchOptions.ts'
import { noSum } from './noSum.ts'
import { titleOf, type Program } from './program.ts'
import { semanticsOf } from './semantics.ts'

type Given = Readonly<Record<string, unknown>>
type Logs = Readonly<Record<string, NdArray>>

/**
 * log p of all that a program declares, in nats; for a batch, what it is estimated to be by some elements of plates.
 *
 * @throws UnsupportedError for plates that cannot be taken in part.
 */
export function logJointOf(program: Program, values: Given, options: MinibatchOptions = {}): number {
  const bound = bindAll(program, values, 'logJoint')
  const { batch = {} } = options
  const who = `${titleOf(program)}: logJoint`
  checkBatchRecord(batch, bound.sizes.keys(), who)
  checkBatch(bound, Object.keys(batch), who)
  const indices = subsetsOf(batch, bound.sizes, options, who)
  const { logJoint } = semanticsOf(program)
  const total = locatedIn(bound, () => logJoint(...argumentsOf(bound), indices as never).data[0]!)
  // Only where something is wrong is it worth knowing where.
  if (Number.isNaN(total)) throw noSum(program, logProbsOf(program, values, 'logJoint'), `${who}: `)
  return total
}

/** log p of each random site and factor, in nats, for each element of its plates. */
export function logProbsOf(program: Program, values: Given, who = 'logProb'): Logs {
  const bound = bindAll(program, values, who)
  const logs = locatedIn(bound, () => semanticsOf(program).logProbs(...argumentsOf(bound))) as Logs
  const nan = nanIn(bound, logs, `${who}: `)
  if (nan) throw nan.error
  return logs
}

function bindAll(program: Program, values: Given, who: string): Bound {
  return bind(program, values, {
    who: `${titleOf(program)}: ${who}`,
    needed: ({ kind }) => kind !== 'deterministic' && kind !== 'factor',
  })
}

function argumentsOf({ values, present, sizes }: Bound): [never, never, never] {
  return [values as never, present as never, Object.fromEntries(sizes) as never]
}
