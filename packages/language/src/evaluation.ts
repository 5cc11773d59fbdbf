import { tidy } from '@tensorflow/tfjs-core'
import { NdArray, NumericalError, VariateError } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import { constant } from '@variate/core/ops'
import { subsetsOf, type MinibatchOptions } from './minibatchOptions.ts'
import { bind, type Bound } from './bind.ts'
import { checkBatch } from './checkBatch.ts'
import type { Declaration } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { logProbs } from './logProbs.ts'
import { placeOf, titleOf, type Program } from './program.ts'
import type { OneElement } from './scope.ts'
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
  checkBatch(bound, Object.keys(batch), who)
  const indices = subsetsOf(batch, bound.sizes, options, who)
  const { logJoint } = semanticsOf(program)
  const total = located(bound, () => logJoint(...argumentsOf(bound), indices as never).data[0]!)
  // Only where something is wrong is it worth knowing where.
  if (Number.isNaN(total)) logProbsOf(program, values, 'logJoint')
  return total
}

/** log p of each random site and factor, in nats, for each element of its plates. */
export function logProbsOf(program: Program, values: Given, who = 'logProb'): Logs {
  const bound = bindAll(program, values, who)
  const logs = located(bound, () => semanticsOf(program).logProbs(...argumentsOf(bound))) as Logs
  for (const site of program.declarations) {
    const log = entryOf(logs, site.name)
    const at = log ? log.data.findIndex((x) => Number.isNaN(x)) : -1
    if (at < 0) continue
    const index = indicesOf(at, log!.shape)
    // Distributions check their parameters where they are no traces.
    eagerly(bound, { site: site.name, index })
    throw isNaNAt(site, index, who)
  }
  return logs
}

/** Runs compiled code: an error in it is told with the site that it belongs to. */
function located<Result>(bound: Bound, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof VariateError && !error.message.startsWith('site ')) eagerly(bound)
    throw error
  }
}

/** Evaluates operation by operation, each of which checks what it is given; only errors matter. */
function eagerly({ program, sizes, values, present }: Bound, only?: OneElement): void {
  tidy(() => {
    const tensors = (arrays: object): never =>
      Object.fromEntries(
        Object.entries(arrays).map(([name, x]) => [name, x instanceof NdArray ? constant(x, dtypeOf(x)) : x]),
      ) as never
    logProbs(program, sizes, tensors(values), tensors(present), { only })
  })
}

function dtypeOf({ data }: NdArray): 'int32' | 'float32' {
  return data instanceof Int32Array ? 'int32' : 'float32'
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

function isNaNAt(site: Declaration, index: readonly number[], who: string): NumericalError {
  const where = index.length > 0 ? ` at [${index}]` : ''
  return new NumericalError(`${who}: ${placeOf(site)}: the log probability is NaN${where}`)
}
