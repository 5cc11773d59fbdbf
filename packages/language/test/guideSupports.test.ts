import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import {
  beta,
  binomial,
  categorical,
  discreteUniform,
  halfNormal,
  normal,
  poisson,
  truncatedNormal,
  uniform,
  type Distribution,
} from '@variate/distributions'
import { guide, model } from '@variate/language'
import { pair } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

/** A model of one latent of this distribution, with a guide of that one. */
function one(p: Distribution, q: Distribution): () => unknown {
  const of = model('one').latent('z', p)
  const own = guide(of).latent('z', q)
  return () => pair(of.program, own.program, {}, { who: 'elbo' })
}

const equally = (count: number): Distribution =>
  categorical({ probs: Array.from({ length: count }, () => 1 / count) })

const BEYOND: readonly (readonly [string, Distribution, Distribution, number])[] = [
  ['a category more', equally(5), equally(6), 5],
  ['six counts for five categories', equally(5), binomial(5, { probs: 0.5 }), 5],
  ['whole numbers up to 7 for five categories', equally(5), discreteUniform(4, 7), 5],
  ['a category more than a hundred', equally(100), equally(101), 100],
  ['numbers from 0 to 1.2 for probabilities', beta(1, 1), uniform(0, 1.2), 1.2],
  ['numbers from -0.2 for positive ones', halfNormal(1), uniform(-0.2, 0.9), -0.2],
  ['truncated numbers from -0.2 for positive ones', halfNormal(1), truncatedNormal(0, 1, -0.2, 0.9), -0.2],
  ['numbers from -0.0001 for positive ones', halfNormal(1), uniform(-0.0001, 1), -0.0001],
] // prettier-ignore

test.each(BEYOND)('a guide of %s leaves the support of the model: it is refused', (_, p, q, end) => {
  expect(one(p, q)).toThrow(/^elbo: site "z": the guide \(\w+\) gives values such as /)
  let message = ''
  try {
    one(p, q)()
  } catch (error) {
    message = (error as Error).message
  }
  expect(Number(/such as (\S+),/.exec(message)![1])).toBeCloseTo(end, 2)
})

test('the hint says what the range is where a name does not tell', () => {
  expect(one(equally(5), equally(6))).toThrow(
    'gives values such as 5, which must be a whole number from 0 to 4 in the model (categorical): ' +
      'take a distribution whose support is in this range',
  )
})

const WITHIN: readonly (readonly [string, Distribution, Distribution])[] = [
  ['as many categories', equally(5), equally(5)],
  ['some of the categories', equally(5), discreteUniform(1, 3)],
  ['four counts for five categories', equally(5), binomial(4, { probs: 0.5 })],
  ['counts for counts', poisson(1), binomial(400, { probs: 0.5 })],
  ['the interval of probabilities', beta(1, 1), uniform(0, 1)],
  ['a part of that interval', beta(1, 1), uniform(0.2, 0.3)],
  ['truncated numbers from 0 for positive ones', halfNormal(1), truncatedNormal(0, 1, 0, 0.9)],
  ['truncated numbers for numbers', normal(0, 1), truncatedNormal(0, 1, -1000, 1e6)],
  ['the same interval', uniform(0.1, 0.3), uniform(0.1, 0.3)],
]

test.each(WITHIN)('a guide of %s is accepted', (_, p, q) => {
  expect(one(p, q)).not.toThrow()
})
