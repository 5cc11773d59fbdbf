import { variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { times } from './integers.ts'
import { when } from './when.ts'

/** The least work of a part, some 15 µs, in instructions of numbers in float32. */
const LEAST = 2 ** 18
/** Parts for each thread, so that one which is late does less. */
const PER_THREAD = 2

/** Things that are computed alike, each by itself: how many, and what one takes. */
export interface Items {
  readonly count: number
  /** Instructions of numbers. */
  readonly work: number
  /** How many are computed at once: parts have multiples of them. */
  readonly unit: number
  /** The fewest of a part, if it has to do something besides. */
  readonly fewest?: number
}

/** How many items a part has; undefined where parts do not pay. */
export function lengthOfParts(
  { threads, lanes }: Target,
  { count, work, unit, fewest = 1 }: Items,
): number | undefined {
  if (threads === 1) return undefined
  const wide = lanes.isDouble ? 2 : 1
  const most = Math.min(
    threads * PER_THREAD,
    Math.floor((count * work * wide) / LEAST),
    Math.floor(count / fewest),
  )
  if (most < 2) return undefined
  const length = unit * Math.ceil(count / most / unit)
  return length < count ? length : undefined
}

/**
 * Statements for all items in parts that threads do: what each item comes to does not depend on what the parts are. Undefined
 * where they do not pay.
 *
 * @param body of so many items, from one on: it is called for the parts, and for the last if that has fewer.
 */
export function inParts(
  target: Target,
  items: Items,
  body: (count: number, first: Value) => readonly Statement[],
): readonly Statement[] | undefined {
  const length = lengthOfParts(target, items)
  if (length === undefined) return undefined
  const parts = Math.floor(items.count / length)
  const rest = items.count % length
  return target.region(parts + Math.sign(rest), (part) => {
    const first = variable(I32)
    const start: Statement = { variable: first, to: times(part, length) }
    if (rest === 0) return [start, ...body(length, first.get)]
    return [
      start,
      ...when(value(I32, [0x48], [part, whole(parts)]), body(length, first.get)),
      ...when(value(I32, [0x46], [part, whole(parts)]), body(rest, first.get)),
    ]
  })
}
