import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile, valueAndGrad } from '@variate/compile'
import { key, NdArray } from '@variate/core'
import { add, constant, keyTensor, mul, sum } from '@variate/core/ops'
import { halfNormal, laplace, normal } from '@variate/distributions'
import { model, real } from '@variate/language'
import {
  bind,
  deviationsAt,
  draws,
  firstNaN,
  logProbs,
  uncentered,
  type Program,
} from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

// z₁ ~ N(mu, 2), zₜ ~ N(0.9·zₜ₋₁ + uₜ, s), w₁ ~ N(0, 1), wₜ ~ Laplace(wₜ₋₁ + zₜ, 0.5), in each of two groups.
const walks = model('walks')
  .latent('s', halfNormal(1))
  .plate('group', 2, (group) =>
    group.latent('mu', normal(0, 1)).markov('t', 'T', (step) =>
      step
        .input('u')
        .latent(
          'z',
          ({ mu }) => normal(mu, 2),
          ({ s, u }, { z }) => normal(add(mul(0.9, z), u), s),
          { centered: false },
        )
        .latent('w', normal(0, 1), ({ z }, { w }) => laplace(add(w, z), 0.5), { centered: false })
        .observed('x', ({ w, z }) => normal(add(w, z), 0.3)),
    ),
  )

const [S, MU] = [0.7, [0.4, -1]] as const
const U = [[5, 0.1, -0.2], [5, 0.3, 0.4]] // prettier-ignore
const X = [[1, 2, 3], [-1, 0, 2]] // prettier-ignore
const Z = [[0.5, -1.1, 0.3], [2, 0.2, -0.6]] // prettier-ignore
const W = [[1.5, 0.1, -0.3], [-1, 1.2, 0.6]] // prettier-ignore

/** Values at deviations, by hand. */
function valuesAt(T: number): { readonly z: readonly number[]; readonly w: readonly number[] } {
  const z: number[] = []
  const w: number[] = []
  for (const g of [0, 1]) {
    let [own, other] = [0, 0]
    for (let t = 0; t < T; t++) {
      own = t === 0 ? MU[g]! + 2 * Z[g]![t]! : 0.9 * own + U[g]![t]! + S * Z[g]![t]!
      other = t === 0 ? W[g]![t]! : other + own + 0.5 * W[g]![t]!
      z.push(own)
      w.push(other)
    }
  }
  return { z, w }
}

const array = (x: readonly number[], shape: readonly number[]): NdArray =>
  new NdArray(Float64Array.from(x), shape)
const first = (rows: readonly (readonly number[])[], T: number): NdArray =>
  array(
    rows.flatMap((row) => row.slice(0, T)),
    [2, T],
  )
const rowsOf = (rows: readonly (readonly number[])[], T: number): readonly (readonly number[])[] =>
  rows.map((row) => row.slice(0, T))
const inFloat64 = { precision: 'float64' } as const

test.each([3, 1])(
  'the deviations of %d steps have the density of the values, by the change of variables',
  (T) => {
    const own = bind(walks.program, { u: rowsOf(U, T), x: rowsOf(X, T) }, {
    who: 'test',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  }) // prettier-ignore
    const made = uncentered(own)
    expect([...made.deviations]).toEqual([['z', 'z.deviation'], ['w', 'w.deviation']]) // prettier-ignore
    const data = (): Record<string, Tensor> =>
      Object.fromEntries(Object.entries(own.values).map(([name, x]) => [name, constant(x as never)]))
    const joint = (program: Program, values: Readonly<Record<string, Tensor>>): Tensor =>
      Object.values(logProbs(program, own.sizes, { ...data(), ...values }))
        .map((x) => sum(x))
        .reduce((a, b) => add(a, b))
    const moved = (s: Tensor, mu: Tensor, z: Tensor, w: Tensor): Tensor =>
      joint(made.program, { s, mu, 'z.deviation': z, 'w.deviation': w })
    const { z, w } = valuesAt(T)
    const at = { s: array([S], []), mu: array(MU, [2]), z: array(z, [2, T]), w: array(w, [2, T]) }
    const deviations = [first(Z, T), first(W, T)] as const

    const drawn = compile((s: Tensor, mu: Tensor, z: Tensor, w: Tensor) =>
    draws(made.program, own.sizes, keyTensor(key(0)), { ...data(), s, mu, 'z.deviation': z, 'w.deviation': w }),
  inFloat64)(at.s, at.mu, ...deviations) as unknown as Record<string, NdArray> // prettier-ignore
    for (const [i, x] of z.entries()) expect(drawn['z']!.data[i]).toBeCloseTo(x, 12)
    for (const [i, x] of w.entries()) expect(drawn['w']!.data[i]).toBeCloseTo(x, 12)

    const before = compile(
      (values: typeof at) => joint(walks.program, values as never),
      inFloat64,
    )(at as never) as unknown as NdArray
    const { value, grads } = compile(valueAndGrad(moved), inFloat64)(
      at.s,
      at.mu,
      ...deviations,
    ) as unknown as { value: NdArray; grads: readonly NdArray[] }
    const logDet = 2 * (Math.log(2) + (T - 1) * (Math.log(S) + Math.log(0.5)))
    expect(value.data[0]! - logDet).toBeCloseTo(before.data[0]!, 11)

    // The gradient in the scale of a step passes through all later steps.
    const alone = compile(moved, inFloat64)
    const difference = (h: number): number => {
      const [up, down] = [S + h, S - h].map(
        (s) => (alone(array([s], []), at.mu, ...deviations) as unknown as NdArray).data[0]!,
      )
      return (up! - down!) / (2 * h)
    }
    expect(grads[0]!.data[0]).toBeCloseTo(difference(1e-5), 5)

    const found = compile((values: typeof at) => deviationsAt(made, own.sizes, { ...data(), ...values } as never), inFloat64)(
    at as never,
  ) as unknown as Record<string, NdArray> // prettier-ignore
    for (const [i, x] of deviations[0].data.entries())
      expect(found['z.deviation']!.data[i]).toBeCloseTo(x, 12)
    for (const [i, x] of deviations[1].data.entries())
      expect(found['w.deviation']!.data[i]).toBeCloseTo(x, 12)
  },
)

test('chains that say nothing stay as they are', () => {
  const walk = model('walk').markov('t', 3, (step) =>
    step.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)),
  )
  const own = bind(walk.program, {}, { who: 'test', needed: () => false })
  for (const centered of [false, 'auto'] as const)
    expect(uncentered(own, { centered }).program).toBe(walk.program)
})

test('a scale that is none in a step is told of the deviation', () => {
  const walk = model('walk')
    .param('s', real())
    .markov('t', 3, (step) =>
      step.latent('z', normal(0, 1), ({ s }, { z }) => normal(z, s), { centered: false }),
    )
  const own = bind(walk.program, {}, { who: 'test', needed: () => false })
  const moved = bind(uncentered(own).program, {}, { who: 'test', needed: () => false })
  const place = firstNaN(moved, { s: array([-1], []), 'z.deviation': array([1, 2, 3], [3]) }, 4)!
  expect([place.site, place.index]).toEqual(['z.deviation', [1]])
  expect(place.error.message).toContain('site "z.deviation" (plate "t"): ')
  expect(place.error.message).toContain('in step 4')
})
