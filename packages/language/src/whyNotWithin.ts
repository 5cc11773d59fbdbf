import { evalShape } from '@variate/compile'
import { sizeOf } from '@variate/core/internal'
import { fill } from '@variate/core/ops'
import type { Constraint, Shape } from '@variate/distributions'

const NUMBERS = [-10, -1.5, -1, -0.5, 0, 0.25, 0.5, 1, 1.5, 2, 3, 10, 100, 1000]

/** Where an interval is tried near its ends, not there: it does no harm that an end belongs to one of two sets alone. */
const NEAR_ENDS = [1e-3, 1e-6, 1 - 1e-6, 1 - 1e-3]

/** Counts and categories. */
const WHOLE = Array.from({ length: 130 }, (_, i) => i - 2)

/** How descriptions name ends that are no single number. */
const UNKNOWN_END = /\b(low|high)\b/

/**
 * An event of one set that is outside another, as text; undefined if none of some trial events is. Ends that are computed are
 * not known: nothing is beyond them.
 *
 * @param eventShape of the larger events of both: a vector of numbers may be an event, or several.
 */
export function whyNotWithin(inner: Constraint, outer: Constraint, eventShape: Shape): string | undefined {
  if (UNKNOWN_END.test(inner.description)) return undefined
  let found: string | undefined
  // In a trace, where ends that are tensors are taken for open.
  evalShape(() => {
    found = [...trialsOf(eventShape), ...numbersOf(inner).map((x) => equalNumbers(x, eventShape))]
      .filter((event) => violationOf(inner, event, eventShape) === undefined)
      .map((event) => violationOf(outer, event, eventShape))
      .find((why) => why !== undefined)
    return fill([], 0)
  })()
  return found
}

/** What is wrong with an event, or with one of the smaller events that it consists of. */
function violationOf(set: Constraint, event: readonly number[], shape: Shape): string | undefined {
  if (set.eventRank >= shape.length) return set.violation(event, shape)
  const own = shape.slice(shape.length - set.eventRank)
  const size = sizeOf(own)
  for (let at = 0; at < event.length; at += size) {
    const why = set.violation(event.slice(at, at + size), own)
    if (why !== undefined) return why
  }
  return undefined
}

/** Numbers that are in a set, or may be: what is just beyond another set is found by those near its ends. */
function numbersOf({ isDiscrete, low, high }: Constraint): readonly number[] {
  if (isDiscrete) return WHOLE
  const [least, most] = [low, high].map((end) => (typeof end === 'number' ? end : NaN)) as [number, number]
  const length = Number.isFinite(most - least) ? most - least : 1
  return NEAR_ENDS.map((at) => (at < 0.5 ? least + at * length : most - (1 - at) * length)).filter(
    Number.isFinite,
  )
}

function equalNumbers(x: number, shape: Shape): readonly number[] {
  return Array.from({ length: sizeOf(shape) }, () => x)
}

/** Events of many kinds: equal numbers, rising and falling ones, probabilities, and triangular and diagonal matrices. */
function trialsOf(shape: Shape): readonly (readonly number[])[] {
  const size = sizeOf(shape)
  const all = (f: (i: number) => number): readonly number[] => Array.from({ length: size }, (_, i) => f(i))
  const columns = shape.at(-1) ?? 1
  const rising = all((i) => i)
  const events = [
    ...NUMBERS.map((x) => equalNumbers(x, shape)),
    rising,
    rising.toReversed(),
    all((i) => (i % 2 === 0 ? -1.5 : 2.5)),
    all((i) => ((i % columns) + 0.5) / (0.5 * columns ** 2)),
    all(() => 1 / columns),
    all((i) => Number(i % columns === 0)),
  ]
  if (shape.length < 2) return events
  const matrix = (f: (row: number, column: number) => number): readonly number[] =>
    all((i) => f(Math.floor(i / columns) % shape.at(-2)!, i % columns))
  return [
    ...events,
    matrix((row, column) => Number(row === column)),
    matrix((row, column) => (row === column ? 2 : 0.25)),
    matrix((row, column) => (row > column ? 0.5 : row === column ? 2 : 0)),
    matrix((row, column) => (row === column ? -1 : 0)),
    matrix((row, column) => (row > column ? 0.6 : row === column ? (row === 0 ? 1 : 0.8) : 0)),
  ]
}
