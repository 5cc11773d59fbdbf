import { NdArray, type NumericArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'
import type { Applied } from './applied.ts'
import type { BoundExamples } from './examplesOf.ts'

/** About as many numbers of values are computed with at once, and as many examples at most. */
const AT_ONCE = 2 ** 20
const EXAMPLES = 256

/** How many of some examples are computed with at once, if each has some draws. */
export function chunkSize({ setting, plate }: Applied, draws: number, count: number): number {
  const most = Math.min(EXAMPLES, Math.floor(AT_ONCE / (numbersOf(setting.model, plate) * draws)))
  return partOf(count, Math.max(1, most))
}

/** How many of a number of things are taken at once, of at most so many: all parts are of one size where that costs little. */
export function partOf(count: number, most: number): number {
  if (count <= most) return count
  for (let size = most; 2 * size > most; size--) if (count % size === 0) return size
  return most
}

/** How many numbers an example has. */
export function numbersOf({ specs, program, sizes }: Bound, plate: string): number {
  const own = program.declarations.filter(({ name, plates }) => specs[name] && plates[0] === plate)
  const all = own.reduce((total, { name }) => total + sizeOf(specs[name]!.shape), 0)
  return Math.max(1, all / sizes.get(plate)!)
}

/** Examples in parts of a size; the last may have fewer. */
export function chunksOf(
  { setting, plate }: Pick<Applied, 'setting' | 'plate'>,
  { count, values, present }: BoundExamples,
  size: number,
): readonly BoundExamples[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, chunk) => {
    const from = chunk * size
    const to = Math.min(count, from + size)
    return examplesBetween({ setting, plate }, { count, values, present }, from, to)
  })
}

/** The examples from one on to before another. */
function examplesBetween(
  { setting, plate }: Pick<Applied, 'setting' | 'plate'>,
  { count, values, present }: BoundExamples,
  from: number,
  to: number,
): BoundExamples {
  if (from === 0 && to === count) return { count, values, present }
  const isOwn = new Set(
    setting.model.program.declarations.flatMap(({ name, plates }) => (plates[0] === plate ? [name] : [])),
  )
  const cut = <Of>(all: Readonly<Record<string, Of>>): Readonly<Record<string, Of>> =>
    Object.fromEntries(
      Object.entries(all).map(([name, x]) => [
        name,
        isOwn.has(name) && x instanceof NdArray ? (rowsBetween(x, from, to) as Of) : x,
      ]),
    )
  return { count: to - from, values: cut(values), present: cut(present) }
}

/** The rows from one on to before another. */
export function rowsBetween({ data, shape }: NdArray, from: number, to: number): NdArray {
  const size = data.length / shape[0]!
  return new NdArray(data.subarray(from * size, to * size) as NumericArray as Float64Array, [
    to - from,
    ...shape.slice(1),
  ])
}

/** Arrays one behind the other, along an axis. */
export function joined(parts: readonly NdArray[], axis = 0): NdArray<Float64Array> {
  const [first] = parts as readonly [NdArray]
  const outer = sizeOf(first.shape.slice(0, axis))
  const lengths = parts.map(({ data }) => data.length / outer)
  const whole = lengths.reduce((a, b) => a + b, 0)
  const data = new Float64Array(outer * whole)
  let at = 0
  for (const [part, { data: own }] of parts.entries()) {
    const length = lengths[part]!
    for (let row = 0; row < outer; row++)
      data.set((own as Float64Array).subarray(row * length, (row + 1) * length), row * whole + at)
    at += length
  }
  const count = parts.reduce((total, { shape }) => total + shape[axis]!, 0)
  return new NdArray(data, first.shape.with(axis, count))
}
