import '@tensorflow/tfjs-backend-cpu'
import { constant } from '@variate/core/ops'
import { thermodynamic } from '@variate/estimators'
import { describe, expect, test } from 'vitest'
import { riemannSum } from '../src/riemannSum.ts'
import { estimatesOf, wrongMeans, momentsOf } from './estimatesOf.ts'
import { derivatives, expectation, gaussianAtoms, mixedAtoms, switchedAtoms, type Atom } from './exact.ts'
import { gaussian, gaussianAt, mixed, mixedAt, switched, switchedAt, type Numbers } from './smallProblems.ts'

/** The sum over steps, each expectation exact. */
function exactSum(atoms: readonly Atom[], steps: number): number {
  return Array.from({ length: steps }, (_, i) => i / steps).reduce((total, beta) => {
    const norm = expectation(atoms, 1, ([x]) => Math.exp(beta * x!))
    return total + expectation(atoms, 1, ([x]) => Math.exp(beta * x!) * x!) / norm / steps
  }, 0)
}

const problems = {
  gaussian: { problem: gaussian, at: gaussianAt, atoms: (at: Numbers) => gaussianAtoms(at) },
  switched: { problem: switched, at: switchedAt, atoms: switchedAtoms },
  mixed: { problem: mixed, at: mixedAt, atoms: mixedAtoms },
}
type Name = keyof typeof problems
const names = Object.keys(problems) as Name[]

// q(1) is 3/4: of 4 draws, or 8, these are all values as often as they should be.
test('where all values are drawn as often as they are probable, the gradient is that of the sum', () => {
  const at: Numbers = { ...switchedAt, guide: { l: Math.log(3) } }
  const atoms = switchedAtoms(at)
  const exact = derivatives(at, (own) => exactSum(switchedAtoms(own), 5))
  const starts = [0, 0.2, 0.4, 0.6, 0.8]
  const estimated = (copies: number) => {
    const draws = Array.from({ length: copies }, () => [0, 1, 1, 1]).flat()
    const logWeights = constant(draws.map((b) => atoms[b]!.logWeight))
    const { objective, ofP, ofQ } = riemannSum(logWeights, starts)
    const [p, q] = [ofP.dataSync(), ofQ.dataSync()]
    const prior = 1 / (1 + Math.exp(-at.model['a']!))
    return {
      objective: objective.dataSync()[0]!,
      a: draws.reduce((total, b, i) => total + p[i]! * (b - prior), 0),
      c: draws.reduce((total, b, i) => total + p[i]! * b * (1.2 - at.model['c']!), 0),
      l: draws.reduce((total, b, i) => total + q[i]! * (b - 0.75), 0),
    }
  }
  const [four, eight] = [estimated(1), estimated(2)]
  // Covariances are of k/(k − 1) times what they are with all draws there are: 4/3 and 8/7, where it should be 1.
  for (const name of ['a', 'c', 'l'] as const)
    expect(four[name] + 1.75 * (eight[name] - four[name])).toBeCloseTo(exact[name]!, 5)
  expect(four.objective).toBeCloseTo(exactSum(atoms, 5), 5)
})

test.each(names)('%s: with one step it is the ELBO, and its gradient is unbiased', (name) => {
  const { problem, at, atoms } = problems[name]
  const elbo = (own: Numbers): number => exactSum(atoms(own), 1)
  const estimates = estimatesOf(thermodynamic({ particles: 3, partitions: 1 }), problem, at, 20_000)
  expect(wrongMeans(estimates, { ...derivatives(at, elbo), objective: elbo(at) })).toEqual([])
})

test.each(names)('%s: with many particles the mean gradient is that of the sum', (name) => {
  const { problem, at, atoms } = problems[name]
  const sum = (own: Numbers): number => exactSum(atoms(own), 5)
  const estimates = estimatesOf(thermodynamic({ particles: 4000, partitions: 5 }), problem, at, 200)
  expect(wrongMeans(estimates, { ...derivatives(at, sum), objective: sum(at) })).toEqual([])
})

describe('the objective lies between the ELBO and the log evidence, the nearer the more steps', () => {
  test.each(names)('%s', (name) => {
    const { problem, at, atoms } = problems[name]
    const evidence = Math.log(expectation(atoms(at), 1, ([x]) => Math.exp(x!)))
    const objectives = [1, 2, 5, 20].map((partitions) =>
      momentsOf(estimatesOf(thermodynamic({ particles: 50, partitions }), problem, at, 2000)['objective']!),
    )
    const ends = [
      exactSum(atoms(at), 1) - 4 * objectives[0]!.ofMean,
      ...objectives.map(({ mean }) => mean),
      evidence,
    ]
    for (const [i, x] of ends.slice(1).entries()) expect(x).toBeGreaterThan(ends[i]!)
  })
})

test('steps may be given by where they begin', () => {
  const given = estimatesOf(
    thermodynamic({ particles: 4, partitions: [0, 0.25, 0.5, 0.75] }),
    mixed,
    mixedAt,
    5,
  )
  expect(given).toEqual(estimatesOf(thermodynamic({ particles: 4, partitions: 4 }), mixed, mixedAt, 5))
})

test('the bias falls as 1/k', () => {
  const sum = (own: Numbers): number => exactSum(gaussianAtoms(own), 5)
  const exact = { mu: derivatives(gaussianAt, sum)['mu']!, objective: sum(gaussianAt) }
  const [four, sixteen] = [4, 16].map((particles) => {
    const estimates = estimatesOf(thermodynamic({ particles, partitions: 5 }), gaussian, gaussianAt, 20_000)
    return { mu: momentsOf(estimates['mu']!).mean, objective: momentsOf(estimates['objective']!).mean }
  })
  for (const name of ['mu', 'objective'] as const) {
    const ratio = (four![name] - exact[name]) / (sixteen![name] - exact[name])
    expect(ratio).toBeGreaterThan(3.5)
    expect(ratio).toBeLessThan(6.5)
  }
})
