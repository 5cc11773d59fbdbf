import { sizeOf, type Shape } from '../../graph/node.ts'
import { variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { lengthOfParts } from './inParts.ts'
import { least, plus, times } from './integers.ts'
import { outermost, overBatch, type Batched, type Range } from './overBatch.ts'
import { threadNumber } from './ownRoom.ts'
import { when } from './when.ts'

/** Goes over elements of a batch, given what is done with one by where it begins in each tensor. */
export type Over = (body: (addresses: readonly Value[]) => readonly Statement[]) => readonly Statement[]

/**
 * Statements for the elements of a batch, in parts that threads do where that pays.
 *
 * @param work of an element, in instructions of numbers.
 * @param make the code, on a target whose rooms it has for itself: it is called for each thread.
 */
export function batchInParts(
  target: Target,
  batch: Shape,
  tensors: readonly Batched[],
  work: number,
  make: (over: Over, target: Target) => readonly Statement[],
): readonly Statement[] {
  const alone: Target = { ...target, threads: 1 }
  const of = (range?: Range): readonly Statement[] =>
    make((body) => overBatch(batch, tensors, body, range), alone)
  const count = outermost(batch, tensors)
  const length = lengthOfParts(target, { count, work: (work * sizeOf(batch)) / count, unit: 1 })
  if (length === undefined) return of()
  return target.region(Math.ceil(count / length), (part) => {
    const [from, until] = [variable(I32), variable(I32)]
    const calls = Array.from({ length: target.threads }, (_, thread) => {
      const call = target.define(of({ from: from.get, until: until.get }), [from, until])
      return when(value(I32, [0x46], [threadNumber(), whole(thread)]), [call])
    })
    return [
      { variable: from, to: times(part, length) },
      { variable: until, to: least(plus(from.get, length), whole(count)) },
      ...calls.flat(),
    ]
  })
}
