import { indicesOf } from '@variate/core/internal'
import type { InputSpec } from '../trace/trace.ts'
import type { Data } from './loopProgram.ts'

const NOTHING = 0

/** A number of a state that is not finite: in which part, and where in it. */
export interface NonFinite {
  readonly leaf: number
  readonly value: number
  readonly at: readonly number[]
}

/** The first number that is not finite, if there is one. */
export function firstNonFinite(state: readonly Data[], specs: readonly InputSpec[]): NonFinite | undefined {
  for (const [leaf, data] of state.entries()) {
    if (areFinite(data)) continue
    const i = data.findIndex((x) => !Number.isFinite(x))
    return { leaf, value: data[i]!, at: indicesOf(i, specs[leaf]!.shape) }
  }
  return undefined
}

/** Without a branch for each number, and several at a time: 0 times what is not finite is NaN. */
function areFinite(data: Data): boolean {
  const whole = data.length - (data.length % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < whole; i += 4) {
    a += data[i]! * NOTHING
    b += data[i + 1]! * NOTHING
    c += data[i + 2]! * NOTHING
    d += data[i + 3]! * NOTHING
  }
  for (let i = whole; i < data.length; i++) a += data[i]! * NOTHING
  return a + b + c + d === 0
}
