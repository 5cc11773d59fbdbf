import '@tensorflow/tfjs-backend-cpu'
import { doublyReparameterized, importanceWeighted, renyi, vimco, type Estimator } from '@variate/estimators'
import { describe, expect, test } from 'vitest'
import { estimatesOf, wrongMeans } from './estimatesOf.ts'
import { derivatives, expectation, gaussianAtoms, mixedAtoms, powerMean, switchedAtoms } from './exact.ts'
import {
  gaussian,
  gaussianAt,
  mixed,
  mixedAt,
  plated,
  switched,
  switchedAt,
  type Numbers,
} from './smallProblems.ts'

const COUNT = 20_000

const problems = {
  gaussian: { problem: gaussian, at: gaussianAt, atoms: (own: Numbers) => gaussianAtoms(own) },
  switched: { problem: switched, at: switchedAt, atoms: switchedAtoms },
  mixed: { problem: mixed, at: mixedAt, atoms: mixedAtoms },
}

/** The bound of k draws, by quadrature and enumeration of what they are. */
const boundOf =
  (name: keyof typeof problems, particles: number, order: number) =>
  (at: Numbers): number =>
    expectation(problems[name].atoms(at), particles, (logWeights) => powerMean(logWeights, order))

describe('the mean gradient is that of the bound, by quadrature and enumeration', () => {
  type Case = readonly [keyof typeof problems, number, string, Estimator, number]
  const cases: readonly Case[] = [
    ...[1, 2, 5].flatMap((particles): readonly Case[] => [
      ['gaussian', particles, 'importanceWeighted', importanceWeighted({ particles }), 1],
      ['gaussian', particles, 'doublyReparameterized', doublyReparameterized({ particles }), 1],
      ['gaussian', particles, 'renyi, α = 0.5', renyi({ alpha: 0.5, particles }), 0.5],
      ['gaussian', particles, 'renyi, α = 2', renyi({ alpha: 2, particles }), -1],
    ]),
    ['gaussian', 2, 'importanceWeighted, 3 groups', importanceWeighted({ particles: 2, groups: 3 }), 1],
    ...[2, 3, 5].map((particles): Case => ['switched', particles, 'vimco', vimco({ particles }), 1]),
    ...[2, 3].map((particles): Case => ['mixed', particles, 'vimco', vimco({ particles }), 1]),
    ['gaussian', 2, 'vimco', vimco({ particles: 2 }), 1],
  ]
  test.each(cases)('%s, k = %d: %s', (name, particles, _, estimator, order) => {
    const { problem, at } = problems[name]
    const bound = boundOf(name, particles, order)
    expect(
      wrongMeans(estimatesOf(estimator, problem, at, COUNT), {
        ...derivatives(at, bound),
        objective: bound(at),
      }),
    ).toEqual([])
  })

  // Elements of a plate have bounds of their own, each twice in mini-batches of half of them.
  const data = [1.5, -0.5, 0.7]
  test.each([
    ['importanceWeighted', importanceWeighted({ particles: 2 }), 1, 1],
    ['importanceWeighted, in mini-batches', importanceWeighted({ particles: 2, groups: 2 }), 1, 2],
    ['doublyReparameterized', doublyReparameterized({ particles: 2 }), 1, 2],
    ['renyi', renyi({ alpha: -1, particles: 2 }), 2, 1],
    ['vimco', vimco({ particles: 2 }), 1, 2],
  ])('of a plate: %s', (_, estimator, order, scale) => {
    const bound = (at: Numbers): number =>
      data.reduce(
        (total, x) => total + scale * expectation(gaussianAtoms(at, x), 2, (own) => powerMean(own, order)),
        2 * at.model['mu']!,
      )
    expect(
      wrongMeans(estimatesOf(estimator, plated(data, scale), gaussianAt, COUNT), {
        ...derivatives(gaussianAt, bound),
        objective: bound(gaussianAt),
      }),
    ).toEqual([])
  })
})
