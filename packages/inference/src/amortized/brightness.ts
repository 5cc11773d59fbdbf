import { DomainError, NdArray, random, type Key } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import { placeOf, plainData, type Declaration } from '@variate/language/internal'

type Plain = ReturnType<typeof plainData>

/**
 * Whether data of a Bernoulli site are brightnesses: numbers between 0 and 1 are among them.
 *
 * @throws DomainError for brightnesses beside numbers that are none, which are named.
 */
export function areBrightnesses({ data, shape }: Plain, who: string): boolean {
  if (!data.some((x) => x > 0 && x < 1)) return false
  const at = data.findIndex((x) => x < 0 || x > 1)
  if (at < 0) return true
  throw new DomainError(
    `${who}: brightnesses must be from 0 to 1, got ${data[at]} at [${indicesOf(at, shape)}]`,
  )
}

/** Pixels: 1 with the probability that their brightness is, or, without a key, where it is a half or more. */
export function pixelsOf({ data, shape, missing }: Plain, key: Key | undefined): unknown {
  const uniform = key && random.uniform(key, shape).data
  const pixels = Int32Array.from(data, (x, i) => ((uniform ? uniform[i]! < x : x >= 0.5) ? 1 : 0))
  return missing ? nested(pixels, missing, shape) : new NdArray(pixels, shape)
}

/** Lists, with null for what is missing. */
function nested(data: Int32Array, missing: Uint8Array, [length, ...event]: readonly number[]): unknown {
  if (length === undefined) return missing[0] === 1 ? null : data[0]
  const size = data.length / length
  const part = <Of extends Int32Array | Uint8Array>(of: Of, i: number): Of =>
    of.subarray(i * size, (i + 1) * size) as Of
  return Array.from({ length }, (_, i) => nested(part(data, i), part(missing, i), event))
}

/** An error of data that a fit is given, with what to do where they are brightnesses. */
export function withAdvice(
  error: unknown,
  sites: readonly Declaration[],
  data: Readonly<Record<string, unknown>>,
): unknown {
  if (!(error instanceof DomainError)) return error
  const site = sites.find(
    (own) =>
      own.kind === 'observed' && error.message.includes(`${placeOf(own)}: data must be whole numbers, got`),
  )
  if (!site || !isWithinUnit(plainData(data[site.name], placeOf(site)))) return error
  const advice = `brightnesses are drawn as pixels of 0 and 1 in each step, by resampled(${site.name}, binarize), or rounded before`
  return new DomainError(`${error.message}: ${advice}`, { cause: error })
}

function isWithinUnit({ data }: Plain): boolean {
  return data.every((x) => x >= 0 && x <= 1)
}
