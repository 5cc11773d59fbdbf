import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { key, NdArray, UnsupportedError } from '@variate/core'
import { sub } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { hierarchicalVector } from '../src/hierarchicalVector.ts'
import type { ParamArrays } from '../src/variational.ts'

const loc = [0.5, -1, 2]
const SCALE = 0.4

// z and a are normal, and r(a | z) is the posterior of a: the bound is that of independent normals, draw by draw.
test.each([1, 2, 3, 5])(
  'with %i auxiliary numbers it begins as a normal of independent numbers',
  (auxiliary) => {
    const family = hierarchicalVector(auxiliary, SCALE, () => [6])
    const params = family.init(new NdArray(Float64Array.from(loc), [3]), key(0))
    const run = compile(
      (own: never, words: Tensor) => {
        const draw = family.draw(own, words, 3)
        const [density, reverse] = [family.logProb(own, draw, 3), family.logReverse!(own, draw, 3)]
        return { vector: draw.vector, density: sub(density, reverse) }
      },
      { precision: 'float64' },
    ) as unknown as (own: ParamArrays, words: unknown) => { vector: NdArray; density: NdArray }
    const { vector, density } = run(params, key(5))
    const wanted = Array.from(vector.data, (x, i) => {
      const standardized = (x - loc[i]!) / SCALE
      return -0.5 * standardized ** 2 - 0.5 * Math.log(2 * Math.PI) - Math.log(SCALE)
    })
    expect(density.data[0]).toBeCloseTo(
      wanted.reduce((a, b) => a + b, 0),
      10,
    )
  },
)

test('log q of given latents is refused', () => {
  const family = hierarchicalVector(1, SCALE, () => [6])
  expect(() => family.logProb({}, { vector: undefined as never }, 3)).toThrow(UnsupportedError)
})
