import type { Tensor } from '@tensorflow/tfjs-core'
import { add, fill, mul, sub } from '@variate/core/ops'
import { alongPlates } from './alongPlates.ts'
import type { Blanket } from './blanket.ts'
import type { Factor, Problem, Reader, Values } from './problem.ts'

type Part = Pick<Factor, 'name' | 'plates' | 'scale'>

/** The part of log p − log q that each element of a factor has a share in, each term as often as it counts. */
export function costOf(
  { factors, terms }: Problem,
  { plates }: Factor,
  blanket: Blanket,
  logP: Values,
  logQ: Values,
): Tensor {
  const total = (readers: readonly Reader[], of: readonly Part[], logs: Values): Tensor =>
    readers
      .map(({ name, aligned }) => {
        const own = of.find((part) => part.name === name)!
        const log = alongPlates(logs[name]!, own.plates, aligned, plates)
        return own.scale === 1 ? log : mul(own.scale, log)
      })
      .reduce((sum, x) => add(sum, x), fill([], 0))
  return sub(total(blanket.terms, terms, logP), total(blanket.factors, factors, logQ))
}
