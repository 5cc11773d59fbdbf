import { DomainError, FormatError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Program } from '@variate/language/internal'
import { isRecord } from './examplesOf.ts'
import type { EpochRecord } from './told.ts'

/** @throws DomainError for data without names. */
export function checkNamed({ declarations }: Program, data: unknown, who: string): void {
  if (isRecord(data)) return
  const names = declarations.flatMap(({ kind, name }) => (kind === 'observed' ? [name] : []))
  throw new DomainError(
    `${who}: data must be a record of ${names.join(', ')}, such as { ${names[0]}: … }, got ${shown(data)}`,
  )
}

/** @throws FormatError for epochs of a fit to go on from that were of other steps than these. */
export function checkEpochs(epochs: readonly EpochRecord[], ends: readonly number[], who: string): void {
  const other = epochs.find(({ step }, at) => at < ends.length && step !== ends[at])
  if (!other) return
  const { epoch, step } = other
  throw new FormatError(
    `${who}: it was saved with ${step} steps at the end of epoch ${epoch}, where there are ${ends[epoch - 1]}: give the batch that it ` +
      'was made with',
  )
}

/** What is to be feared of a warm-up that ends after the fit. */
export function unrisen(
  { warmUp = 0, beta = 1 }: { readonly warmUp?: number; readonly beta?: number },
  epochs: number,
): readonly string[] {
  if (warmUp <= epochs) return []
  const risen = (beta * epochs) / warmUp
  return [
    `KL(q‖p) has come to count ${Number(risen.toPrecision(3))} of ${beta}: warmUp is ${warmUp} epochs, the fit has ${epochs}: give more epochs, or fewer to rise in`,
  ]
}
