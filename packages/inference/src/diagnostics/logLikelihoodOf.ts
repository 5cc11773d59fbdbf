import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { DomainError, NdArray, NumericalError, UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import {
  bind,
  locatedIn,
  logProbs,
  logProbsOf,
  placeOf,
  type Bound,
  type Program,
} from '@variate/language/internal'
import { rowAt } from '../monteCarlo/checks.ts'
import { rowsOf } from '../monteCarlo/parts.ts'
import { drawsOf, type PlainDraws } from './drawsOf.ts'

type Tensors = Readonly<Record<string, Tensor>>
type Arrays = Readonly<Record<string, NdArray>>
type Given = Readonly<Record<string, unknown>>

/** About as many numbers of values are computed with at once. */
const AT_ONCE = 2 ** 18
/** More log densities than this are refused. */
const MOST = 2 ** 27

/** For each observed site the log density of each of its elements in each draw, checked and computed for many draws at once. */
export function logLikelihoodOf(
  program: Program,
  draws: object,
  given: Given,
  call: string,
): Readonly<Record<string, NdArray<Float64Array>>> {
  const who = `model "${program.name}": ${call}`
  const { count, arrays } = latentsOf(program, drawsOf(draws, who), who)
  const firsts = Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name, rowAt(x, 0)]))
  const bound = bind(program, { ...given, ...firsts }, { who, needed: ({ kind }) => !isComputed(kind) })
  const sites = program.declarations.filter(({ kind }) => kind === 'observed')
  if (sites.length === 0) throw new DomainError(`${who}: no site is observed`)
  const points = sites.reduce((total, { name }) => total + sizeOf(bound.specs[name]!.shape), 0)
  if (count * points > MOST)
    throw new UnsupportedError(
      `${who}: ${count} draws of ${points} observations are more log densities than the ${MOST} that are kept: pass fewer draws`,
    )
  const rows = typedRows(arrays, bound, who)
  const fixed = Object.fromEntries(
    Object.entries(bound.values).filter(([name]) => !Object.hasOwn(rows, name)),
  )
  const run = runOf(program)
  const logs = locatedIn(bound, () =>
    inRows(bound, rows, count, (part, size) =>
      run(
        part as never,
        fixed as never,
        bound.present as never,
        Object.fromEntries(bound.sizes) as never,
        size as never,
      ),
    ),
  )
  for (const { name } of sites) {
    const bad = logs[name]!.data.findIndex((x) => Number.isNaN(x) || x === Infinity)
    if (bad < 0) continue
    const row = Math.floor(bad / (logs[name]!.data.length / count))
    logProbsOf(
      program,
      { ...given, ...Object.fromEntries(Object.entries(arrays).map(([of, x]) => [of, rowAt(x, row)])) },
      call,
    )
    throw new NumericalError(
      `${who}: site "${name}": the log density is ${logs[name]!.data[bad]} in draw ${row}`,
    )
  }
  return Object.fromEntries(
    sites.map(({ name }) => [name, withoutMissing(logs[name]!, bound.present[name], count)]),
  )
}

/** Draws of the latents alone. @throws DomainError for latents that there are no draws of, and draws of what is given. */
function latentsOf({ declarations }: Program, { count, arrays }: PlainDraws, who: string): PlainDraws {
  const own: Record<string, NdArray> = {}
  for (const site of declarations) {
    const x = arrays[site.name]
    if (site.kind === 'latent' && !site.value) {
      if (!x) throw new DomainError(`${who}: ${placeOf(site)} is latent, and there are no draws of it`)
      own[site.name] = x
    } else if (x && site.kind !== 'deterministic') {
      throw new DomainError(
        `${who}: ${placeOf(site)} is no latent: give it with the data, not with the draws`,
      )
    }
  }
  const other = Object.keys(arrays).find((name) => declarations.every((site) => site.name !== name))
  if (other !== undefined)
    throw new DomainError(`${who}: there are draws of "${other}", which is not declared`)
  return { count, arrays: own }
}

const made = new WeakMap<Program, ReturnType<typeof compiled>>()

function runOf(program: Program): ReturnType<typeof compiled> {
  const run = made.get(program) ?? compiled(program)
  made.set(program, run)
  return run
}

function compiled(program: Program) {
  const observed = program.declarations.filter(({ kind }) => kind === 'observed').map(({ name }) => name)
  return compile(
    (
      rows: Tensors,
      given: Tensors,
      present: Tensors,
      sizes: Readonly<Record<string, number>>,
      size: number,
    ) =>
      batch(
        (row: Tensors) => {
          const logs = logProbs(program, new Map(Object.entries(sizes)), { ...given, ...row }, present)
          return Object.fromEntries(observed.map((name) => [name, logs[name]!]))
        },
        { size },
      )(rows),
    { precision: 'float64' },
  )
}

/** Runs what takes several rows in parts of equal size; the last has its last row some more times. */
function inRows(
  { specs }: Bound,
  rows: Arrays,
  count: number,
  run: (part: Arrays, size: number) => unknown,
): Readonly<Record<string, NdArray<Float64Array>>> {
  const numbers = Object.values(specs).reduce((total, { shape }) => total + sizeOf(shape), 1)
  const parts = Math.ceil(count / Math.max(1, Math.floor(AT_ONCE / numbers)))
  const size = Math.ceil(count / parts)
  const results = Array.from({ length: parts }, (_, part) => {
    const own = Object.entries(rows).map(([name, x]) => [name, takenRows(x, part * size, size)])
    return run(Object.fromEntries(own), size) as Arrays
  })
  return Object.fromEntries(
    Object.keys(results[0]!).map((name) => [
      name,
      rowsOf(
        results.map((of) => of[name]!),
        count,
      ),
    ]),
  ) as never
}

function takenRows({ data, shape }: NdArray, from: number, count: number): NdArray {
  const size = sizeOf(shape.slice(1))
  const own = new (data.constructor as Float64ArrayConstructor)(count * size)
  for (let i = 0; i < count; i++) {
    const row = Math.min(from + i, shape[0]! - 1)
    own.set((data as Float64Array).subarray(row * size, (row + 1) * size), i * size)
  }
  return new NdArray(own, [count, ...shape.slice(1)])
}

/** NaN in place of the 0 of events that are missing. */
function withoutMissing(
  { data, shape }: NdArray,
  present: NdArray<Uint8Array> | undefined,
  count: number,
): NdArray<Float64Array> {
  const logs = Float64Array.from(data)
  if (present) {
    const points = logs.length / count
    const events = present.data.length / points
    for (let i = 0; i < points; i++) {
      if (present.data.subarray(i * events, (i + 1) * events).includes(1)) continue
      for (let row = 0; row < count; row++) logs[row * points + i] = NaN
    }
  }
  return new NdArray(logs, shape)
}

/** Rows of the types that their sites have. */
function typedRows(rows: Arrays, { specs }: Bound, who: string): Arrays {
  return Object.fromEntries(
    Object.entries(rows).map(([name, { data, shape }]) => {
      const spec = specs[name]!
      if (String(shape.slice(1)) !== String(spec.shape))
        throw new DomainError(
          `${who}: draws of "${name}" have shape [${shape}], expected [${[shape[0], ...spec.shape]}]`,
        )
      if (spec.dtype === 'float32') return [name, new NdArray(Float64Array.from(data), shape)]
      if (data.every(Number.isInteger)) return [name, new NdArray(Int32Array.from(data), shape)]
      throw new DomainError(`${who}: draws of "${name}" must be whole numbers`)
    }),
  )
}

function isComputed(kind: string): boolean {
  return kind === 'deterministic' || kind === 'factor'
}
