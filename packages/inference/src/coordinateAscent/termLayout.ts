import { batch, compile } from '@variate/compile'
import { foldIn, key as keyOf, NdArray, type Key } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { entryOf, type Bound, type Dependence } from '@variate/language/internal'
import { combinationRows, combinationsOf, nameOf } from '../exact/combinationRows.ts'
import { logOfTerm, type Row, type Tensors } from '../exact/termAt.ts'
import { variablesAt, type Term } from '../exact/terms.ts'
import type { DiscreteSite, LatentSite } from '../exact/variables.ts'
import type { FactorSite } from './supportKinds.ts'

/** Numbers of a latent, for each of those elements that a term depends on: [whole elements, event]. */
export type Coordinates = Float64Array

/** A term of the log joint, and which latents each of its elements depends on. */
export interface TermLayout {
  readonly term: Term
  readonly elements: number
  /** How many combinations the discrete latents of an element have. */
  readonly combinations: number
  readonly discrete: readonly Dependence<DiscreteSite>[]
  readonly continuous: readonly Dependence<FactorSite>[]
  /**
   * For each continuous latent a colour for each of the elements that are seen: those of one colour are never read together, so
   * that they can have the same value. −1 for elements that nothing depends on.
   */
  readonly colours: readonly Int32Array[]
  /** How many colours each has. */
  readonly counts: readonly number[]
  /**
   * The element of a latent that an element of the term reads, of one colour, given a combination of the discrete latents.
   *
   * @returns −1 if there is none.
   */
  readOf(dependence: number, colour: number, combination: number, element: number): number
  /**
   * The term at points, for some combinations of the discrete latents.
   *
   * @param at the values of each latent in a point.
   * @returns [combinations, points, elements].
   */
  evaluate(
    points: number,
    at: (point: number) => readonly Coordinates[],
    combination: number,
    combinations: number,
  ): Float64Array
}

/** How many numbers, and rows of them, are computed at a time. */
const [AT_A_TIME, ROWS] = [2 ** 20, 32]

export function termLayout(bound: Bound, term: Term): TermLayout {
  const discrete = term.dependences.filter((one): one is Dependence<DiscreteSite> => 'values' in one.of)
  const continuous = term.dependences.filter((one): one is Dependence<FactorSite> => !('values' in one.of))
  const combinations = discrete.reduce((product, one) => product * combinationsOf(one), 1)
  const elements = sizeOf(term.lengths)
  const evaluate = evaluation(bound, term, discrete, continuous, combinations, elements)
  const scopes = scopesOf(continuous, combinations, elements, evaluate)
  const colours = continuous.map((one, d) => coloured(one.count, combinations * elements, scopes[d]))
  const counts = colours.map((own) => own.reduce((most, colour) => Math.max(most, colour + 1), 0))
  const known = continuous.map((one, d) => readsByColour(one.count, counts[d]!, colours[d]!, scopes[d]))
  return {
    term,
    elements,
    combinations,
    discrete,
    continuous,
    colours,
    counts,
    readOf: (d, colour, combination, element) => {
      const own = known[d]
      return own ? own[(combination * elements + element) * counts[d]! + colour]! : 0
    },
    evaluate,
  }
}

function evaluation(
  bound: Bound,
  term: Term,
  discrete: readonly Dependence<DiscreteSite>[],
  continuous: readonly Dependence<FactorSite>[],
  combinations: number,
  elements: number,
): TermLayout['evaluate'] {
  const { site, dependences } = term
  const placed = (row: Tensors): Row =>
    Object.fromEntries(
      dependences.map((one: Dependence<LatentSite>) => [
        nameOf(one),
        { tensor: row[nameOf(one)]!, plates: one.whole },
      ]),
    )
  const all = compile(
    (given: Tensors, masks: Tensors, rows: Tensors, size: number) =>
      batch((row: Tensors) => logOfTerm(bound, term, given, placed(row), entryOf(masks, site.name)), {
        size,
      })(rows),
    { precision: 'float64' },
  )
  const combined = combinationRows(bound, discrete, combinations)
  const lengths = (one: Dependence<FactorSite>): readonly number[] => [
    ...one.whole.map((plate) => bound.sizes.get(plate)!),
    ...one.of.event,
  ]
  const numbers = continuous.reduce((sum, one) => sum + one.count * sizeOf(one.of.event), elements)
  // Always as many, so that one program does: what is beyond the last is the last again.
  const chunk = Math.max(1, Math.min(ROWS, Math.floor(AT_A_TIME / numbers)))
  return (points, valuesAt, first, some) => {
    const total = some * points
    const result = new Float64Array(total * elements)
    for (let from = 0; from < total; from += chunk) {
      const row = Array.from({ length: chunk }, (_, i) => Math.min(from + i, total - 1))
      const rows: Record<string, NdArray> = {}
      for (const [name, { data, shape }] of Object.entries(combined)) {
        const width = data.length / combinations
        const own = new (data.constructor as Float64ArrayConstructor)(chunk * width)
        for (const [i, at] of row.entries()) {
          const place = (first + Math.floor(at / points)) * width
          own.set(data.subarray(place, place + width) as Float64Array, i * width)
        }
        rows[name] = new NdArray(own, [chunk, ...shape.slice(1)])
      }
      const values = row.map((at) => valuesAt(at % points))
      for (const [d, one] of continuous.entries()) {
        const shape = lengths(one)
        const width = sizeOf(shape)
        const own = new Float64Array(chunk * width)
        for (const [i, point] of values.entries()) own.set(point[d]!, i * width)
        rows[nameOf(one)] = new NdArray(own, [chunk, ...shape])
      }
      const logs = all(
        bound.values as never,
        bound.present as never,
        rows as never,
        chunk as never,
      ) as unknown as NdArray
      const count = Math.min(chunk, total - from)
      result.set((logs.data as Float64Array).subarray(0, count * elements), from * elements)
    }
    return result
  }
}

/** A value of each element of a latent, somewhere in its support. */
export function anywhere({ of, count }: Dependence<FactorSite>, key: Key): Coordinates {
  const family = of.families[0]!
  const blocks = (count * sizeOf(of.event)) / family.size
  return Float64Array.from(
    Array.from({ length: blocks }, (_, i) => [
      ...family.elsewhere(1, foldIn(key, i)).subarray(0, family.size),
    ]).flat(),
  )
}

type Scope = Uint8Array | undefined

/** For each latent of which more than one element is seen, which are read: [combinations · elements, seen]. */
function scopesOf(
  continuous: readonly Dependence<FactorSite>[],
  combinations: number,
  elements: number,
  evaluate: TermLayout['evaluate'],
): readonly Scope[] {
  if (!continuous.some(({ count }) => count > 1)) return continuous.map(() => undefined)
  const [base, other] = [0, 1].map((seed) =>
    continuous.map((one, d) => anywhere(one, foldIn(keyOf(seed), d))),
  ) as [Coordinates[], Coordinates[]]
  const points = [base]
  for (const [d, { count }] of continuous.entries()) {
    if (count === 1) continue
    const width = base[d]!.length / count
    for (let seen = 0; seen < count; seen++) {
      const changed = base[d]!.slice()
      changed.set(other[d]!.subarray(seen * width, (seen + 1) * width), seen * width)
      points.push(base.with(d, changed))
    }
  }
  const logs = evaluate(points.length, (point) => points[point]!, 0, combinations)
  let first = 1
  return continuous.map(({ count }) => {
    if (count === 1) return undefined
    const scope = new Uint8Array(combinations * elements * count)
    for (let combination = 0; combination < combinations; combination++) {
      const at = (point: number, element: number): number =>
        logs[(combination * points.length + point) * elements + element]!
      for (let element = 0; element < elements; element++)
        for (let seen = 0; seen < count; seen++)
          if (!Object.is(at(0, element), at(first + seen, element)))
            scope[(combination * elements + element) * count + seen] = 1
    }
    first += count
    return scope
  })
}

/** Colours of elements, of which no two that are read together have the same: each the first that is free. */
function coloured(count: number, rows: number, scope: Scope): Int32Array {
  if (!scope) return new Int32Array(count)
  const together = new Uint8Array(count * count)
  for (let row = 0; row < rows; row++) {
    const own: number[] = []
    for (let seen = 0; seen < count; seen++) if (scope[row * count + seen] === 1) own.push(seen)
    for (const a of own) for (const b of own) together[a * count + b] = 1
  }
  const colours = new Int32Array(count).fill(-1)
  for (let seen = 0; seen < count; seen++) {
    if (together[seen * count + seen] === 0) continue
    const taken = new Set<number>()
    for (let other = 0; other < seen; other++)
      if (together[seen * count + other] === 1) taken.add(colours[other]!)
    let colour = 0
    while (taken.has(colour)) colour++
    colours[seen] = colour
  }
  return colours
}

/** [combinations · elements, colours]: the element that is read, −1 if there is none. */
function readsByColour(
  count: number,
  colours: number,
  colourOf: Int32Array,
  scope: Scope,
): Int32Array | undefined {
  if (!scope) return undefined
  const reads = new Int32Array((scope.length / count) * colours).fill(-1)
  for (let at = 0; at < scope.length; at++)
    if (scope[at] === 1) reads[Math.floor(at / count) * colours + colourOf[at % count]!] = at % count
  return reads
}

/** The variables of the elements that an element of a term sees of a latent. */
export function variablesOfElement(
  bound: Bound,
  { term }: TermLayout,
  one: Dependence<LatentSite>,
  element: number,
): readonly number[] {
  return variablesAt(bound, term, one, element)
}
