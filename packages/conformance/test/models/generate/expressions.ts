import { sizeOf, type Expression, type Table } from '../description.ts'
import type { Choices } from './choices.ts'
import { readables, type Draft, type Drafted, type Readable } from './draft.ts'

/** Where an expression stands. */
export interface Place {
  readonly draft: Draft
  readonly choose: Choices
  readonly plates: readonly string[]
  /** Whether it is that of a chain's steps but the first. */
  readonly withBefore: boolean
  /** The chain's latent itself, of which it may read the step before. */
  readonly own?: Drafted
  /** The layer above. */
  readonly above?: Drafted
}

export function constantOf(value: number): Expression {
  return { kind: 'constant', value: { shape: [], numbers: [value] } }
}

/** A table of numbers by a function. */
export function tableOf(shape: readonly number[], number: () => number): Table {
  return { shape, numbers: Array.from({ length: sizeOf(shape) }, number) }
}

/** Probabilities, one row after the other. */
export function simplexes(choose: Choices, rows: readonly number[], categories: number): Table {
  const all = Array.from({ length: sizeOf(rows) }, () => {
    const weights = Array.from({ length: categories }, () => choose.between(0.2, 1))
    const total = weights.reduce((a, b) => a + b)
    return weights.map((weight) => weight / total)
  })
  return { shape: [...rows, categories], numbers: all.flat() }
}

function readable({ draft, plates, withBefore, own, above }: Place): readonly Readable[] {
  const before: readonly Readable[] =
    withBefore && own
      ? [{ expression: { kind: 'before', site: own.site.name }, shape: own.event, drafted: own }]
      : []
  // What makes a chain a chain, and layers layers, is read more often.
  const others = readables(draft, plates, withBefore).filter(({ drafted }) => drafted.conjugate === undefined)
  const high = others.filter(({ drafted }) => drafted === above)
  return [...others, ...before, ...before, ...before, ...high, ...high, ...high]
}

/** Whole numbers from 0 that are not random in a continuous way, with how many there are. */
function indices(place: Place): readonly { readonly expression: Expression; readonly count: number }[] {
  return readable(place).flatMap(({ expression, shape, drafted: { support } }) =>
    shape.length === 0 && support?.every((value, i) => value === i)
      ? [{ expression, count: support.length }]
      : [],
  )
}

/**
 * A parameter that is a conjugate latent, or one of several: a number, or `categories` probabilities. Undefined where none is
 * seen.
 */
export function conjugateParameter(
  place: Place,
  family: NonNullable<Drafted['conjugate']>,
  categories?: number,
): Expression | undefined {
  const { draft, choose, plates, withBefore } = place
  const event = categories === undefined ? [] : [categories]
  const seen = readables(draft, plates, withBefore).filter(
    ({ drafted, shape }) =>
      drafted.conjugate === family &&
      shape.length <= event.length + 1 &&
      String(shape.slice(shape.length - event.length)) === String(event),
  )
  if (seen.length === 0 || choose.chance(0.15)) return undefined
  const { expression: of, shape } = choose.pick(seen)
  if (shape.length === event.length) return of
  const own = indices(place).filter(({ count }) => count <= shape[0]!)
  const by =
    own.length > 0 && choose.chance(0.8) ? choose.pick(own).expression : constantOf(choose.below(shape[0]!))
  return { kind: 'gather', of, by }
}

/** A number of what is seen whole: gathered, or all of it summed. */
function numberIn(place: Place, of: Expression, shape: readonly number[]): Expression {
  const { choose } = place
  if (shape.length === 0) return of
  if (choose.chance(0.3)) return { kind: 'sum', of }
  const own = indices(place).filter(({ count }) => count <= shape[0]!)
  const by =
    own.length > 0 && choose.chance(0.8) ? choose.pick(own).expression : constantOf(choose.below(shape[0]!))
  return numberIn(place, { kind: 'gather', of, by }, shape.slice(1))
}

/** A number that depends on no continuous latent. */
export function plainNumber(place: Place): Expression {
  const { choose } = place
  const own = indices(place)
  if (own.length > 0 && choose.chance(0.35)) {
    const { expression: by, count } = choose.pick(own)
    const value = tableOf([count], () => choose.between(-1.5, 1.5))
    return { kind: 'gather', of: { kind: 'constant', value }, by }
  }
  const seen = readable(place).filter(({ drafted: { isContinuous } }) => !isContinuous)
  if (seen.length > 0 && choose.chance(0.8)) {
    const { expression, shape } = choose.pick(seen)
    const by = numberIn(place, expression, shape)
    return { kind: 'mul', of: constantOf(choose.between(-1, 1)), by }
  }
  return constantOf(choose.between(-2, 2))
}

/** A number that is linear in the continuous latents; undefined where none is seen. */
export function linearNumber(place: Place): Expression | undefined {
  const { choose } = place
  const seen = readable(place).filter(({ drafted: { isContinuous } }) => isContinuous)
  if (seen.length === 0) return undefined
  const term = (): Expression => {
    const { expression, shape } = choose.pick(seen)
    const of = choose.chance(0.3) ? plainNumber(place) : constantOf(choose.between(-1.2, 1.2))
    return { kind: 'mul', of, by: numberIn(place, expression, shape) }
  }
  const first = term()
  if (choose.chance(0.5)) return first
  return { kind: 'add', of: first, by: choose.chance(0.5) ? plainNumber(place) : term() }
}

/** Numbers in a row, linear in the continuous latents. */
export function linearRow(place: Place, length: number): Expression {
  const { choose } = place
  const seen = readable(place).filter(({ shape }) => shape.length === 1)
  const shift: Expression = { kind: 'constant', value: tableOf([length], () => choose.between(-1, 1)) }
  if (seen.length === 0 || choose.chance(0.2)) return shift
  const { expression: x, shape } = choose.pick(seen)
  if (shape[0] === length && choose.chance(0.5))
    return { kind: 'mul', of: constantOf(choose.between(-1, 1)), by: x }
  const matrix = tableOf([length, shape[0]!], () => choose.between(-1, 1))
  const product: Expression = { kind: 'matVec', of: { kind: 'constant', value: matrix }, by: x }
  return choose.chance(0.5) ? product : { kind: 'add', of: product, by: shift }
}

/** A probability, or a number above 0, that depends on no continuous latent. */
export function bounded(place: Place, domain: 'positive' | 'unitInterval'): Expression {
  const { choose } = place
  const [low, high] = domain === 'positive' ? [0.4, 2] : [0.1, 0.9]
  const params = readable(place).filter(
    ({ shape, drafted: { site } }) => site.kind === 'param' && site.domain === domain && shape.length === 0,
  )
  if (params.length > 0 && choose.chance(0.6)) return choose.pick(params).expression
  const own = indices(place)
  if (own.length > 0 && choose.chance(0.5)) {
    const { expression: by, count } = choose.pick(own)
    const value = tableOf([count], () => choose.between(low, high))
    return { kind: 'gather', of: { kind: 'constant', value }, by }
  }
  if (domain === 'unitInterval' && choose.chance(0.3)) return { kind: 'sigmoid', of: plainNumber(place) }
  return constantOf(choose.between(low, high))
}

/** Probabilities of so many categories. */
export function simplexRow(place: Place, categories: number): Expression {
  const { choose } = place
  const params = readable(place).filter(
    ({ shape, drafted: { site } }) =>
      site.kind === 'param' && site.domain === 'simplex' && String(shape) === String([categories]),
  )
  if (params.length > 0 && choose.chance(0.6)) return choose.pick(params).expression
  const own = indices(place)
  if (own.length === 0 || choose.chance(0.3))
    return { kind: 'constant', value: simplexes(choose, [], categories) }
  const { expression: by, count } = choose.pick(own)
  const value = simplexes(choose, [count], categories)
  return { kind: 'gather', of: { kind: 'constant', value }, by }
}
