import { whole } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import { aligned } from '../aligned.ts'
import type { Target } from '../target.ts'
import { plus, times } from './integers.ts'

/** Where room begins that each thread has for itself, in what may be part of a region. */
export function ownRoom(target: Target, bytes: number): Value {
  if (target.threads === 1) return whole(target.room(bytes))
  const each = aligned(bytes)
  return plus(times(threadNumber(), each), target.room(each * target.threads))
}

/** Which thread it is, from 0 on: each has a global of its own, which says so. */
export function threadNumber(): Value {
  return value(I32, [0x23, 0])
}
