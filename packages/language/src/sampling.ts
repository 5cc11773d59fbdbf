import { DomainError, type Key, key as keyOf, NdArray } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'
import { bind, type Bound } from './bind.ts'
import type { Declaration } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import { plainData } from './plainData.ts'
import { plainRows } from './plainRows.ts'
import { titleOf, type Program } from './program.ts'
import { semanticsOf } from './semantics.ts'
import { typedData } from './typedData.ts'

/** Where the random numbers of a call come from: a seed, or a key. */
export type Randomness =
  | { readonly seed: number; readonly key?: undefined }
  | { readonly key: Key; readonly seed?: undefined }

export interface SampleOptions<Given> {
  /** How many draws, along a first axis; one without such an axis, if not given. */
  readonly count?: number
  /** Inputs, parameters and networks, and values of sites that are not to be drawn. */
  readonly given?: Given
  /** How many elements there are in plates whose sizes are names, as far as `given` does not tell. */
  readonly sizes?: Readonly<Record<string, number>>
}

export type AnyOptions = SampleOptions<Readonly<Record<string, unknown>>> & Randomness
export type Sample = Readonly<Record<string, NdArray>>

/** What untyped callers leave out: told of as a seed that is missing. */
export const NONE = {} as AnyOptions

/** Draws of all sites that are not given. */
export function sampleOf(
  program: Program,
  options: AnyOptions = NONE,
  who = `${titleOf(program)}: sample`,
): Sample {
  const { count, given = {}, sizes } = options
  if (count !== undefined && !(Number.isInteger(count) && count >= 1))
    throw new DomainError(`${who}: count must be a whole number ≥ 1, got ${shown(count)}`)
  const bound = bind(program, given, { sizes, who, needed: isOutside, completes: true })
  const { draws, manyDraws } = semanticsOf(program)
  const args = [
    wordsOf(options),
    bound.values as never,
    bound.present as never,
    Object.fromEntries(bound.sizes) as never,
  ] as const
  return shownOf(
    program,
    (count === undefined ? draws(...args) : manyDraws(...args, count as never)) as Sample,
  )
}

/**
 * Draws of what is not given, one for each of several draws of other sites, such as of a posterior.
 *
 * @param draws arrays with the draws along their first axis.
 */
export function predictiveOf(
  program: Program,
  draws: Readonly<Record<string, unknown>>,
  options: AnyOptions = NONE,
  who = `${titleOf(program)}: posteriorPredictive`,
): Sample {
  const { given = {}, sizes } = options
  const rows: Sample = Object.fromEntries(
    Object.entries(draws)
      .filter(([, x]) => x !== undefined)
      .map(([name, x]) => [name, plainRows(x, `${who}: draws of "${name}"`)]),
  )
  const [first] = Object.entries(rows)
  if (!first) throw new DomainError(`${who}: there must be draws of at least one site`)
  const count = first[1].shape[0]
  for (const [name, { shape }] of Object.entries(rows)) {
    if (shape[0] === count && count !== undefined) continue
    throw new DomainError(
      `${who}: draws lie along the first axis: those of "${first[0]}" have shape [${first[1].shape}], of "${name}" [${shape}]`,
    )
  }
  const twice = Object.keys(rows).find((name) => entryOf(given, name) !== undefined)
  if (twice !== undefined)
    throw new DomainError(`${who}: there are draws of "${twice}", and it is given as well: leave one out`)
  const firsts = Object.fromEntries(Object.entries(rows).map(([name, x]) => [name, rowOf(x)]))
  const bound = bind(
    program,
    { ...given, ...firsts },
    {
      sizes,
      who,
      needed: isOutside,
      completes: true,
    },
  )
  const fixed = Object.fromEntries(
    Object.entries(bound.values).filter(([name]) => !Object.hasOwn(rows, name)),
  )
  const drawn = semanticsOf(program).drawsGiven(
    wordsOf(options),
    typedRows(rows, bound, who) as never,
    fixed as never,
    bound.present as never,
    Object.fromEntries(bound.sizes) as never,
    count as never,
  ) as Sample
  return shownOf(program, drawn)
}

function shownOf({ declarations }: Program, sample: Sample): Sample {
  const left = declarations.flatMap((site) =>
    'isDensityOnly' in site && site.isDensityOnly ? [site.name] : [],
  )
  return left.length === 0
    ? sample
    : Object.fromEntries(Object.entries(sample).filter(([name]) => !left.includes(name)))
}

/** Rows of the types that their sites have. */
function typedRows(rows: Sample, { specs }: Bound, who: string): Sample {
  const typed = Object.entries(rows).map(([name, x]): [string, NdArray] => {
    const where = `${who}: draws of "${name}"`
    return [name, new NdArray(typedData(plainData(x, where), specs[name]!, where), x.shape)]
  })
  return Object.fromEntries(typed)
}

function isOutside({ kind }: Declaration): boolean {
  return kind === 'input' || kind === 'param' || kind === 'network'
}

function wordsOf({ seed, key }: Randomness): Int32Array {
  if (seed === undefined && key === undefined)
    throw new DomainError('a seed or a key must be given: nothing here is random by itself')
  return Int32Array.from(key ?? keyOf(seed!), (word) => word | 0)
}

function rowOf({ data, shape }: NdArray): NdArray {
  const own = shape.slice(1)
  const size = sizeOf(own)
  return new NdArray(data.slice(0, size), own)
}
