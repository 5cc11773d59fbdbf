import { DomainError, NdArray } from '@variate/core'
import { indicesOf, sizeOf } from '@variate/core/internal'
import type { Declaration } from './declaration.ts'
import { keyText } from './keyText.ts'
import type { PlainData } from './plainData.ts'
import { placeOf, type Program } from './program.ts'
import type { Reads } from './reads.ts'

/** What is to be done about inputs that are missing. */
export const MAY_MISS = 'is an input: declare it observed, with a distribution, and it may be missing'

/** And about observations that are missing in a chain. */
export const WITH_NOISE = 'declare a latent that is observed with noise'

export interface PresentOptions {
  readonly eventShape: readonly number[]
  readonly who: string
  /** Whether what is missing is drawn. */
  readonly completes: boolean
}

/**
 * Which events of a site are there.
 *
 * @throws DomainError for what is missing where it is no observation, or others depend on it, and for events of which a part
 *   is missing.
 */
export function presentEvents(
  program: Program,
  reads: Reads,
  site: Declaration,
  { shape, missing }: PlainData,
  { eventShape, who, completes }: PresentOptions,
): NdArray<Uint8Array> {
  const { declarations, guides } = program
  const at = missing!.indexOf(1)
  const where = `${who}: ${placeOf(site)}: the value at [${indicesOf(at, shape)}] is missing`
  const isRandom = site.kind === 'latent' || site.kind === 'observed'
  // What a guide sees of a model are its inputs.
  const isSeen = guides !== undefined && site.kind === 'input'
  const mayMiss = site.kind === 'observed' || isSeen || (completes && isRandom)
  if (!mayMiss) {
    const hint = site.kind === 'input' && !site.value ? `. "${site.name}" ${MAY_MISS}` : ''
    throw new DomainError(`${where}: only ${completes ? 'latents and ' : ''}observations may be${hint}`)
  }
  const reader = declarations.find((other) => reads.has(other, site.name))
  if (reader && (isSeen || !completes)) {
    const hint = isSeen ? 'guides read what is there: fill it in' : hintFor(program, site)
    throw new DomainError(`${where}, and ${placeOf(reader)} depends on it: ${hint}`)
  }
  const size = sizeOf(eventShape)
  const events = Uint8Array.from({ length: missing!.length / size }, (_, i) => {
    const own = missing!.subarray(i * size, (i + 1) * size)
    const count = own.reduce((a, b) => a + b, 0)
    if (count > 0 && count < size)
      throw new DomainError(
        `${where}, and other entries of its event are not: an event is missing as a whole`,
      )
    return count > 0 ? 0 : 1
  })
  return new NdArray(events, shape.slice(0, shape.length - eventShape.length))
}

function hintFor({ plates }: Program, site: Declaration): string {
  if (site.plates.some((plate) => plates.get(plate)!.isChain)) return WITH_NOISE
  const call = `withMissing({ ${keyText(site.name)}: … })`
  return 'value' in site && site.value
    ? `call ${call} before condition`
    : `${call} makes latents of what is missing`
}
