import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { foldIn, key, NdArray, random } from '@variate/core'
import { expect, test } from 'vitest'
import { affineMap } from '../../src/flows/affineMap.ts'
import { autoregressive } from '../../src/flows/autoregressive.ts'
import { coupling } from '../../src/flows/coupling.ts'
import { inverted, type FlowLayer } from '../../src/flows/layer.ts'
import { planar } from '../../src/flows/planar.ts'
import { radial } from '../../src/flows/radial.ts'
import { rationalQuadratic } from '../../src/flows/rationalQuadratic.ts'
import type { ParamArrays } from '../../src/variational.ts'

const spline = rationalQuadratic(5, 3)
const layers: readonly [string, (size: number) => FlowLayer][] = [
  ['planar', planar],
  ['radial', radial],
  ['affine coupling', (size) => coupling(size, 0, [8, 8], affineMap)],
  ['affine coupling, another division', (size) => coupling(size, 3, [8], affineMap)],
  ['spline coupling', (size) => coupling(size, 1, [8, 8], spline)],
  ['autoregressive', (size) => autoregressive(size, [8, 8], false)],
  ['autoregressive, reversed and inverted', (size) => inverted(autoregressive(size, [8], true))],
]
const cases = layers.flatMap(([name, of]) => [1, 2, 5].map((size) => [name, size, of(size)] as const))
const COUNT = 40

type Values = Float64Array

/** Parameters that are far from where they begin. */
function stirred(arrays: ParamArrays, seed: number): ParamArrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, x], at) => {
      const { data, shape } = x as NdArray<Float64Array>
      const noise = random.normal(foldIn(key(seed), at), [data.length], { dtype: 'float64' }).data
      return [
        name,
        new NdArray(
          data.map((one, i) => one + 0.5 * noise[i]!),
          shape,
        ),
      ]
    }),
  )
}

function runs(layer: FlowLayer, way: 'forward' | 'inverse') {
  const run = compile(
    (params: never, x: Tensor) => {
      const { vector, logDet } = batch((own: Tensor) => layer[way](params, own))(x)
      return { vector, logDet }
    },
    { precision: 'float64' },
  ) as unknown as (
    params: ParamArrays,
    x: NdArray,
  ) => { vector: NdArray<Float64Array>; logDet: NdArray<Float64Array> }
  return run
}

const points = (size: number) =>
  new NdArray(
    random.normal(key(7), [COUNT * size], { dtype: 'float64' }).data.map((x) => 1.7 * x),
    [COUNT, size],
  )

test.each(cases)('%s of %i numbers: back comes what went forward', (_, size, layer) => {
  for (const seed of [1, 2]) {
    const params = stirred(layer.init(key(0)), seed)
    const x = points(size)
    const there = runs(layer, 'forward')(params, x)
    const again = runs(layer, 'inverse')(params, there.vector)
    for (const [i, one] of again.vector.data.entries()) expect(one).toBeCloseTo(x.data[i]!, 8)
    for (const [i, one] of again.logDet.data.entries()) expect(one).toBeCloseTo(-there.logDet.data[i]!, 8)
  }
})

test.each(cases)('%s of %i numbers: the determinant is that of differences', (_, size, layer) => {
  const params = stirred(layer.init(key(0)), 3)
  const forward = runs(layer, 'forward')
  const x = points(size)
  const { logDet } = forward(params, x)
  const STEP = 1e-5
  const columns = Array.from({ length: size }, (__, j) => {
    const moved = (by: number) =>
      forward(
        params,
        new NdArray(
          x.data.map((one, i) => one + (i % size === j ? by : 0)),
          x.shape,
        ),
      ).vector.data
    const [far, up, down, low] = [2 * STEP, STEP, -STEP, -2 * STEP].map(moved) as [
      Values,
      Values,
      Values,
      Values,
    ]
    return up.map((one, i) => (8 * (one - down[i]!) - (far[i]! - low[i]!)) / (12 * STEP))
  })
  for (let row = 0; row < COUNT; row++) {
    const jacobian = Array.from({ length: size }, (__, i) => columns.map((column) => column[row * size + i]!))
    expect(Math.abs(logDet.data[row]! - Math.log(Math.abs(determinant(jacobian))))).toBeLessThan(1e-6)
  }
})

test.each(cases)('%s of %i numbers: it begins as the identity', (_, size, layer) => {
  const x = points(size)
  const { vector, logDet } = runs(layer, 'forward')(layer.init(key(4)), x)
  for (const [i, one] of vector.data.entries()) expect(one).toBeCloseTo(x.data[i]!, 12)
  for (const one of logDet.data) expect(one).toBeCloseTo(0, 12)
})

function determinant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row])
  let product = 1
  for (const [at] of rows.entries()) {
    const best = rows
      .slice(at)
      .reduce((from, row, i) => (Math.abs(row[at]!) > Math.abs(rows[from]![at]!) ? at + i : from), at)
    if (best !== at) {
      ;[rows[at], rows[best]] = [rows[best]!, rows[at]!]
      product = -product
    }
    product *= rows[at]![at]!
    for (const row of rows.slice(at + 1)) {
      const factor = row[at]! / rows[at]![at]!
      for (const [i, x] of rows[at]!.entries()) row[i]! -= factor * x
    }
  }
  return product
}
