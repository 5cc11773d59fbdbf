import type { TensorSpec } from '@variate/compile'
import { DomainError } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import type { PlainData } from './plainData.ts'

/** The ends of what an int32 tensor has. */
const [LEAST, MOST] = [-(2 ** 31), 2 ** 31 - 1]

/**
 * Data as what holds their type.
 *
 * @param who names them in errors.
 * @throws DomainError for fractions where numbers are whole, and whole numbers that 32 bits do not hold.
 */
export function typedData(
  { data, shape, missing }: PlainData,
  { dtype }: Pick<TensorSpec, 'dtype'>,
  who: string,
): Float64Array | Int32Array {
  if (dtype === 'float32') return data
  const bad = firstOther(data, missing)
  if (bad < 0) return new Int32Array(data)
  const what = Number.isInteger(data[bad]) ? `whole numbers from ${LEAST} to ${MOST}` : 'whole numbers'
  const where = shape.length > 0 ? ` at [${indicesOf(bad, shape)}]` : ''
  throw new DomainError(`${who}: data must be ${what}, got ${data[bad]}${where}`)
}

/** Where there is first what no int32 is, and that is not missing, or −1: a loop, for data are long. */
function firstOther(data: Float64Array, missing: Uint8Array | undefined): number {
  for (let at = 0; at < data.length; at++) {
    const x = data[at]!
    if (!(Number.isInteger(x) && x >= LEAST && x <= MOST) && !missing?.[at]) return at
  }
  return -1
}
