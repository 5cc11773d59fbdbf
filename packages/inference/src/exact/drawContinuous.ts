import { foldIn, NdArray, random, type Key } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { blocksByPrograms } from './blocksByPrograms.ts'
import { valuesOf } from './discretePosterior.ts'
import type { Exact } from './exact.ts'
import type { Integrated } from './integrated.ts'
import { partOf } from './nearMeans.ts'
import type { GaussianPart } from './integrateGaussian.ts'
import { solveTransposed } from './triangles.ts'
import { offsetsOf, totalOf } from './quadratic.ts'

type Drawn = Readonly<Record<string, NdArray<Float64Array>>>

/**
 * Draws of continuous latents given the discrete variables, along a first axis: of exponential families first, then normal ones
 * given those.
 *
 * @param numbers the numbers of the discrete variables' values in each draw.
 * @param rowsOf the number of each component's combination in each draw.
 */
export function drawContinuous(
  { discrete, kinds }: Pick<Exact, 'discrete' | 'kinds'>,
  integrals: readonly Integrated[],
  numbers: readonly Int32Array[],
  rowsOf: readonly Int32Array[],
  key: Key,
): Drawn {
  const count = numbers.length
  const conjugate = drawConjugate(kinds, integrals, rowsOf, count, foldIn(key, 1))
  const size = totalOf(kinds.gaussian)
  const noise = random.normal(foldIn(key, 0), [count, size], { dtype: 'float64' }).data
  const draws = new Float64Array(count * size)
  const write = (draw: number, places: readonly number[], { mean, factor }: GaussianPart): void => {
    const own = solveTransposed(
      factor,
      places.map((place) => noise[draw * size + place]!),
    )
    for (const [at, place] of places.entries()) draws[draw * size + place] = mean[at]! + own[at]!
  }
  for (const [i, { places, parts, conjugate: other }] of integrals.entries())
    if (!other) for (let draw = 0; draw < count; draw++) write(draw, places, parts[rowsOf[i]![draw]!]!)
  const mixed = integrals.filter((own) => own.conjugate && own.places.length > 0)
  const { given, rowsAtATime = 1 } = mixed[0]?.conjugate ?? {}
  for (let from = 0; from < (given ? count : 0); from += rowsAtATime) {
    const own = numbers.slice(from, from + rowsAtATime)
    const rows = { ...valuesOf(discrete, own, [own.length]), ...slices(conjugate, from, own.length) }
    const quadratic = given!(rows)
    for (const { component, places } of mixed) {
      for (let draw = 0; draw < own.length; draw++)
        write(from + draw, places, partOf(quadratic, component, places, draw, 'posterior.sample'))
    }
  }
  const normal = [...kinds.gaussian].map(([name, { lengths, event }]) => {
    const { from, size: own } = offsetsOf(kinds.gaussian).get(name)!
    const data = new Float64Array(count * own)
    for (let draw = 0; draw < count; draw++)
      data.set(draws.subarray(draw * size + from, draw * size + from + own), draw * own)
    return [name, new NdArray(data, [count, ...lengths, ...event])] as const
  })
  return { ...Object.fromEntries(normal), ...conjugate }
}

/** Draws of latents of exponential families. */
function drawConjugate(
  { conjugate }: Exact['kinds'],
  integrals: readonly Integrated[],
  rowsOf: readonly Int32Array[],
  count: number,
  key: Key,
): Drawn {
  const all: Drawn = Object.fromEntries(
    [...conjugate].map(([name, { lengths, event }]) => {
      const shape = [count, ...lengths, ...event]
      return [name, new NdArray(new Float64Array(sizeOf(shape)), shape)]
    }),
  )
  for (const [i, { programs, blocks }] of blocksByPrograms(integrals).entries()) {
    const { size, count: statistics } = programs
    const eta = new Float64Array(blocks.length * count * statistics)
    for (const [at, { natural, integral }] of blocks.entries()) {
      for (let draw = 0; draw < count; draw++) {
        const row = rowsOf[integral]![draw]!
        const own = natural.subarray(row * statistics, (row + 1) * statistics)
        eta.set(own, (at * count + draw) * statistics)
      }
    }
    const drawn = programs.draw(foldIn(key, i), eta)
    for (const [at, { block }] of blocks.entries()) {
      const { data } = all[block.site.site.name]!
      const width = data.length / count
      for (let draw = 0; draw < count; draw++) {
        const from = (at * count + draw) * size
        data.set(drawn.subarray(from, from + size), draw * width + block.from)
      }
    }
  }
  return all
}

/** Some of the first axis of arrays. */
function slices(all: Drawn, from: number, count: number): Drawn {
  return Object.fromEntries(
    Object.entries(all).map(([name, { data, shape }]) => {
      const width = sizeOf(shape.slice(1))
      const own = data.slice(from * width, (from + count) * width)
      return [name, new NdArray(own, [count, ...shape.slice(1)])]
    }),
  )
}
