import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { foldIn, key, NdArray, random } from '@variate/core'
import { add, exp, mul, sin, slice, square, stopGradient, sum } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { affineMap } from '../src/flows/affineMap.ts'
import { autoregressive } from '../src/flows/autoregressive.ts'
import { coupling } from '../src/flows/coupling.ts'
import { flowVector } from '../src/flows/flowVector.ts'
import { inverted, type FlowLayer } from '../src/flows/layer.ts'
import { planar } from '../src/flows/planar.ts'
import { radial } from '../src/flows/radial.ts'
import { rationalQuadratic } from '../src/flows/rationalQuadratic.ts'
import { lowRankVector } from '../src/lowRankVector.ts'
import { mixtureVector } from '../src/mixtureVector.ts'
import type { ParamArrays } from '../src/variational.ts'
import type { VectorFamily } from '../src/vector.ts'

const SCALE = 0.7
const twice = (of: (size: number, at: number) => FlowLayer) => (size: number) => [of(size, 0), of(size, 1)]
const flows: readonly VectorFamily[] = [
  flowVector('planar', SCALE, twice(planar)),
  flowVector('radial', SCALE, twice(radial)),
  flowVector(
    'real NVP',
    SCALE,
    twice((size, at) => coupling(size, at, [6], affineMap)),
  ),
  flowVector(
    'neural spline',
    SCALE,
    twice((size, at) => coupling(size, at, [6], rationalQuadratic(4, 3))),
  ),
  flowVector(
    'inverse autoregressive',
    SCALE,
    twice((size, at) => autoregressive(size, [6], at === 1)),
  ),
  flowVector(
    'masked autoregressive',
    SCALE,
    twice((size, at) => inverted(autoregressive(size, [6], at === 1))),
  ),
]
const families = [...flows, lowRankVector(1, SCALE), mixtureVector(3, SCALE, 1)]
const cases = families.flatMap((family) => [1, 2].map((size) => [family.name, size, family] as const))

/** Parameters away from where they begin, in the order of their names. */
function stirred(family: VectorFamily, size: number): ParamArrays {
  const arrays = family.init(new NdArray(new Float64Array(size).fill(0.2), [size]), key(3))
  const stir = (tree: ParamArrays, of: number): ParamArrays =>
    Object.fromEntries(
      Object.entries(tree).map(([name, x], at) => {
        if (!(x instanceof NdArray)) return [name, stir(x as ParamArrays, of + 100 * (at + 1))]
        const noise = random.normal(foldIn(key(of), at), [x.data.length], { dtype: 'float64' }).data
        const moved = Float64Array.from(x.data, (one, i) => one + 0.2 * noise[i]!)
        return [name, new NdArray(moved, x.shape)]
      }),
    )
  return stir(arrays, 1)
}

/** A grid over [−7, 7] in each direction, at a part of each step. */
function gridOf(size: number, steps: number, part = 0.5): NdArray<Float64Array> {
  const step = 14 / steps
  const rows = Array.from({ length: steps ** size }, (_, row) =>
    Array.from(
      { length: size },
      (__, axis) => -7 + step * (part + (Math.floor(row / steps ** axis) % steps)),
    ),
  )
  return new NdArray(Float64Array.from(rows.flat()), [rows.length, size])
}

const measured = (z: Tensor): Tensor => {
  const first = slice(z, [0], [1])
  return sum(add(sin(first), mul(0.3, mul(square(z), first))))
}

test.each(cases)('%s of %i numbers: the density integrates to 1', (_, size, family) => {
  const steps = size === 1 ? 20_000 : 500
  const total = compile(
    (params: never, grid: Tensor) =>
      sum(exp(batch((vector: Tensor) => family.logProb(params, { vector }, size))(grid))),
    { precision: 'float64' },
  ) as unknown as (params: ParamArrays, grid: NdArray) => NdArray
  const mass = total(stirred(family, size), gridOf(size, steps)).data[0]! * (14 / steps) ** size
  expect(Math.abs(mass - 1)).toBeLessThan(2e-4)
})

// ∇ E_q[f] = Σ f·∇q over a grid takes only the density; the mean of ∇f(z) how draws move with the parameters; the mean of
// f·∇log q the density of fixed draws.
test.each(cases)(
  '%s of %i numbers: derivatives of draws, and scores, average to those of means',
  (_, size, family) => {
    const steps = size === 1 ? 4000 : 320
    const params = stirred(family, size)
    const names = leavesOf(params)
    const exact = compile(
      (own: never, grid: Tensor) =>
        gradientsOf(own, (tree) =>
          sum(
            batch((vector: Tensor) =>
              mul(exp(family.logProb(tree as never, { vector }, size)), measured(vector)),
            )(grid),
          ),
        ),
      { precision: 'float64' },
    ) as unknown as (params: ParamArrays, grid: NdArray) => readonly NdArray<Float64Array>[]
    const COUNT = 20_000
    const sampled = compile(
      (own: never, words: Tensor) =>
        batch(
          () => {
            const still = stopGradient(family.draw(own, words, size).vector)
            return {
              paths: gradientsOf(own, (tree) => measured(family.draw(tree as never, words, size).vector)),
              scores: gradientsOf(own, (tree) =>
                mul(measured(still), family.logProb(tree as never, { vector: still }, size)),
              ),
            }
          },
          { size: COUNT },
        )(),
      { precision: 'float64' },
    ) as unknown as (
      params: ParamArrays,
      words: unknown,
    ) => Readonly<Record<'paths' | 'scores', readonly NdArray<Float64Array>[]>>
    // Derivatives of splines jump: what two grids differ by is what a grid is wrong by.
    const [wanted, other] = [0.25, 0.75].map((part) => exact(params, gridOf(size, steps, part)))
    const { paths, scores } = sampled(params, key(11))
    for (const found of [paths, scores])
      for (const [leaf, { data }] of found.entries()) {
        const length = data.length / COUNT
        for (let at = 0; at < length; at++) {
          const own = Float64Array.from({ length: COUNT }, (__, row) => data[row * length + at]!)
          const average = own.reduce((a, b) => a + b, 0) / COUNT
          const error = Math.sqrt(own.reduce((a, b) => a + (b - average) ** 2, 0)) / COUNT
          const [low, high] = [wanted, other].map((of) => of![leaf]!.data[at]! * (14 / steps) ** size)
          const slack = 4.5 * error + Math.abs(low! - high!) + 1e-4
          expect(Math.abs(average - (low! + high!) / 2), `${names[leaf]}[${at}]`).toBeLessThan(slack)
        }
      }
  },
)

test.each(cases)(
  '%s of %i numbers: derivatives of log q in z are those of differences',
  (_, size, family) => {
    const params = stirred(family, size)
    const STEP = 1e-5
    const run = compile(
      (own: never, points: Tensor) =>
        batch((z: Tensor) => {
          const of = valueAndGrad((vector: Tensor) => family.logProb(own, { vector }, size))
          return { value: of(z).value, slopes: of(z).grads[0] }
        })(points),
      { precision: 'float64' },
    ) as unknown as (
      params: ParamArrays,
      points: NdArray,
    ) => Readonly<Record<'value' | 'slopes', NdArray<Float64Array>>>
    const points = random.normal(key(2), [20 * size], { dtype: 'float64' }).data
    const at = (axis: number, by: number) =>
      run(
        params,
        new NdArray(
          points.map((x, i) => x + (i % size === axis ? by : 0)),
          [20, size],
        ),
      )
    const { slopes } = at(0, 0)
    for (let axis = 0; axis < size; axis++) {
      const [up, down] = [at(axis, STEP).value.data, at(axis, -STEP).value.data]
      for (let row = 0; row < 20; row++) {
        const wanted = (up[row]! - down[row]!) / (2 * STEP)
        expect(Math.abs(slopes.data[row * size + axis]! - wanted)).toBeLessThan(1e-6 * (1 + Math.abs(wanted)))
      }
    }
  },
)

test.each(flows.flatMap((family) => [1, 3].map((size) => [family.name, size, family] as const)))(
  'a %s flow of %i numbers begins as a normal of independent numbers',
  (_, size, family) => {
    const loc = [0.5, -1, 2].slice(0, size)
    const params = family.init(new NdArray(Float64Array.from(loc), [size]), key(0))
    const run = compile(
      (own: never, words: Tensor) => {
        const { vector } = family.draw(own, words, size)
        return { vector, density: family.logProb(own, { vector }, size) }
      },
      { precision: 'float64' },
    ) as unknown as (own: ParamArrays, words: unknown) => { vector: NdArray; density: NdArray }
    const { vector, density } = run(params, key(5))
    const standardized = Array.from(vector.data, (x, i) => (x - loc[i]!) / SCALE)
    const wanted = standardized.reduce(
      (total, e) => total - 0.5 * e * e - 0.5 * Math.log(2 * Math.PI) - Math.log(SCALE),
      0,
    )
    expect(density.data[0]).toBeCloseTo(wanted, 10)
  },
)

type Leaves = { readonly [name: string]: Tensor | Leaves }

function leavesOf(tree: object, from = ''): readonly string[] {
  return Object.entries(tree).flatMap(([name, x]) =>
    'shape' in x ? [`${from}${name}`] : leavesOf(x as object, `${from}${name}.`),
  )
}

function gradientsOf(tree: Leaves, f: (tree: Leaves) => Tensor): readonly Tensor[] {
  const flat = (of: Leaves): readonly Tensor[] =>
    Object.values(of).flatMap((x) => ('shape' in x ? [x as Tensor] : flat(x)))
  const own = flat(tree)
  const derivative = valueAndGrad((...leaves: readonly Tensor[]) => {
    let next = 0
    const rebuilt = (of: Leaves): Leaves =>
      Object.fromEntries(
        Object.entries(of).map(([name, x]) => [name, 'shape' in x ? leaves[next++]! : rebuilt(x)]),
      )
    return f(rebuilt(tree))
  })
  return derivative(...own).grads
}
