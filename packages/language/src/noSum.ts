import { NumericalError, type NdArray } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import { entryOf } from './entryOf.ts'
import { placeOf, type Program } from './program.ts'

/** Why log probabilities of which none is NaN have a sum that is: one is infinite, and another is minus infinite. */
export function noSum(
  { declarations }: Program,
  logs: Readonly<Record<string, NdArray>>,
  who: string,
): NumericalError {
  const placeOfFirst = (infinity: number): string | undefined => {
    for (const site of declarations) {
      const log = entryOf(logs, site.name)
      const at = log ? log.data.indexOf(infinity as never) : -1
      if (at >= 0)
        return `${placeOf(site)} is ${infinity}${log!.shape.length > 0 ? ` at [${indicesOf(at, log!.shape)}]` : ''}`
    }
    return undefined
  }
  const [up, down] = [placeOfFirst(Infinity), placeOfFirst(-Infinity)]
  if (up === undefined || down === undefined) return new NumericalError(`${who}the log joint is NaN`)
  return new NumericalError(`${who}the log probability of ${up}, and that of ${down}: they have no sum`)
}
