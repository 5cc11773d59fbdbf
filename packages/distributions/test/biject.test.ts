import '@tensorflow/tfjs-backend-cpu'
import { UnsupportedError } from '@variate/core'
import { constant } from '@variate/core/ops'
import { bijectorLaws } from '@variate/testing'
import { expect, test } from 'vitest'
import { atLeast } from '../src/constraints/atLeast.ts'
import { atMost } from '../src/constraints/atMost.ts'
import { boolean } from '../src/constraints/boolean.ts'
import { circular } from '../src/constraints/circular.ts'
import type { Constraint } from '../src/constraints/constraint.ts'
import { correlationCholesky } from '../src/constraints/correlationCholesky.ts'
import { greaterThan } from '../src/constraints/greaterThan.ts'
import { independent as independentSet } from '../src/constraints/independent.ts'
import { interval } from '../src/constraints/interval.ts'
import { lessThan } from '../src/constraints/lessThan.ts'
import { lowerCholesky } from '../src/constraints/lowerCholesky.ts'
import { nonnegative } from '../src/constraints/nonnegative.ts'
import { nonnegativeInteger } from '../src/constraints/nonnegativeInteger.ts'
import { nonzero } from '../src/constraints/nonzero.ts'
import { ordered } from '../src/constraints/ordered.ts'
import { positive } from '../src/constraints/positive.ts'
import { positiveDefinite } from '../src/constraints/positiveDefinite.ts'
import { positiveVector } from '../src/constraints/positiveVector.ts'
import { real } from '../src/constraints/real.ts'
import { realMatrix } from '../src/constraints/realMatrix.ts'
import { realVector } from '../src/constraints/realVector.ts'
import { simplex } from '../src/constraints/simplex.ts'
import { unitInterval } from '../src/constraints/unitInterval.ts'
import { biject, exponential, normal, transformed, truncated } from '../src/index.ts'
import { lowerTriangle } from './bijectors/laws.ts'

const numbers = [-3, -0.5, 0, 1.25, 4]
const vectors = [
  [0, 0, 0],
  [-1, 2, 0.5],
]
const scalars: readonly (readonly [string, Constraint])[] = [
  ['real', real],
  ['positive', positive],
  ['nonnegative', nonnegative],
  ['unitInterval', unitInterval],
  ['circular', circular],
  ['interval', interval(-1, 2)],
  ['interval without a lower end', interval(-Infinity, 2)],
  ['interval without an upper end', interval(-1, Infinity)],
  ['atLeast', atLeast(3)],
  ['greaterThan', greaterThan(-2)],
  ['atMost', atMost(3)],
  ['lessThan', lessThan(-2)],
  ['the support of a transformed distribution', transformed(normal(0, 1), biject.sigmoid).support],
  ['the support of a truncated distribution', truncated(exponential(1), { low: -1, high: 2 }).support],
]
for (const [name, codomain] of scalars) {
  bijectorLaws(`biject(${name})`, { make: () => biject(codomain), x: numbers, codomain })
}
const lower = (shape: readonly number[]): readonly number[] => lowerTriangle(shape)
const structured: readonly (readonly [
  string,
  Constraint,
  ((shape: readonly number[]) => readonly number[])?,
])[] = [
  ['realVector', realVector],
  ['positiveVector', positiveVector],
  ['independent', independentSet(unitInterval, 1)],
  ['ordered', ordered],
  ['simplex', simplex, () => [0, 1, 2]],
  ['lowerCholesky', lowerCholesky, lower],
  ['positiveDefinite', positiveDefinite, lower],
  ['correlationCholesky', correlationCholesky, (shape) => lowerTriangle(shape, false)],
]
for (const [name, codomain, coordinates] of structured) {
  bijectorLaws(`biject(${name})`, { make: () => biject(codomain), x: vectors, codomain, coordinates })
}
bijectorLaws('biject(realMatrix)', {
  make: () => biject(realMatrix),
  x: [
    [
      [0, 1],
      [2, 3],
    ],
  ],
  codomain: realMatrix,
})
bijectorLaws('a chain of maps of numbers, vectors and matrices', {
  make: () => biject.chain([biject.affine(0.5, 2), biject.lowerCholesky({ diagonal: 'softplus' })]),
  x: vectors,
  codomain: lowerCholesky,
  coordinates: lower,
})
bijectorLaws('the inverse of a chain', {
  make: () => biject.invert(biject.chain([biject.affine(1, -2), biject.exp])),
  x: [0.1, 1, 3],
  codomain: real,
  outside: [NaN],
})

test('the log-determinants of a chain are summed over the axes that only some of its links need', () => {
  const chain = biject.chain([biject.exp, biject.permute([2, 0, 1]), biject.affine(0, [1, 2, 4])])
  expect([chain.domainRank, chain.codomainRank]).toEqual([1, 1])
  // Σ x + log 8
  expect(chain.forwardLogDet([0.5, 1, 2]).arraySync()).toBeCloseTo(3.5 + Math.log(8), 6)
  expect(chain.forward([0, 0, 0]).arraySync()).toEqual([1, 2, 4])
  const raised = biject.chain([biject.lowerCholesky(), biject.affine(0, 2)])
  expect([raised.domainRank, raised.codomainRank]).toEqual([1, 2])
  // Elements above the diagonal are moved, too: they are part of the event of the second link.
  expect(raised.forwardShape([5, 3])).toEqual([5, 2, 2])
})

test('directions multiply along a chain', () => {
  const falling = biject.chain([biject.affine(0, -1), biject.exp])
  expect(falling.direction()).toBe(-1)
  expect(constant(biject.invert(falling).direction()).arraySync()).toBe(-1)
  expect('direction' in biject.chain([biject.exp, biject.ordered])).toBe(false)
})

test('ends may be tensors or arrays, all finite or none', () => {
  expect(
    biject(interval([0, 1], constant([2, 3])))
      .forward(0)
      .arraySync(),
  ).toEqual([1, 2])
  expect(
    biject(interval([0, 1], Infinity))
      .forward(0)
      .arraySync(),
  ).toEqual([1, 2])
  expect(() => biject(interval([0, -Infinity], 2))).toThrow(
    new UnsupportedError(
      'biject: interval (in [low, 2]) has no bijector: its ends are finite in some elements of the batch only',
    ),
  )
})

test("a constraint's own bijector comes first", () => {
  const odd = { ...real, name: 'mine', bijector: () => biject.tanh }
  expect(biject(odd)).toBe(biject.tanh)
})

test('sets that no smooth map leads onto are refused', () => {
  expect(() => biject(boolean)).toThrow(
    new UnsupportedError('biject: boolean (0 or 1) has no bijector: it is discrete'),
  )
  expect(() => biject(nonnegativeInteger)).toThrow(UnsupportedError)
  expect(() => biject(nonzero)).toThrow(
    new UnsupportedError('biject: nonzero (≠ 0) has no bijector: no smooth map onto it is known'),
  )
})
