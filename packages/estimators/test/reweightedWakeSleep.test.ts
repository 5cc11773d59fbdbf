import '@tensorflow/tfjs-backend-cpu'
import { reweightedWakeSleep } from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimatesOf, wrongMeans, momentsOf } from './estimatesOf.ts'
import { derivatives, expectation, gaussianAtoms, mixedAtoms, powerMean, switchedAtoms } from './exact.ts'
import { gaussian, gaussianAt, mixed, mixedAt, switched, switchedAt, type Numbers } from './smallProblems.ts'

const problems = {
  gaussian: { problem: gaussian, at: gaussianAt, atoms: (at: Numbers) => gaussianAtoms(at) },
  switched: { problem: switched, at: switchedAt, atoms: switchedAtoms },
  mixed: { problem: mixed, at: mixedAt, atoms: mixedAtoms },
}
const names = Object.keys(problems) as (keyof typeof problems)[]

test.each(names)('%s: in the parameters of the model it has the gradient of the bound', (name) => {
  const { problem, at, atoms } = problems[name]
  const bound = (own: Numbers): number => expectation(atoms(own), 3, (x) => powerMean(x, 1))
  const estimates = estimatesOf(reweightedWakeSleep({ particles: 3 }), problem, at, 20_000)
  const derivative = derivatives(at, bound)
  const known = [...Object.keys(at.model), 'objective']
  expect(
    wrongMeans(
      Object.fromEntries(known.map((own) => [own, estimates[own]!])),
      Object.fromEntries(known.map((own) => [own, own === 'objective' ? bound(at) : derivative[own]!])),
    ),
  ).toEqual([])
})

test('in the parameters of q it comes to the gradient of −KL(posterior ‖ q), its bias falling as 1/k', () => {
  const atoms = switchedAtoms(switchedAt)
  const evidence = expectation(atoms, 1, ([x]) => Math.exp(x!))
  const { probability, logWeight } = atoms[1]!
  const exact = (probability * Math.exp(logWeight)) / evidence - probability
  const biasOf = (particles: number, count: number) => {
    const estimates = estimatesOf(reweightedWakeSleep({ particles }), switched, switchedAt, count)
    const { mean, ofMean } = momentsOf(estimates['l']!)
    return { bias: Math.abs(mean - exact), ofMean }
  }
  const [two, eight, many] = [biasOf(2, 20_000), biasOf(8, 20_000), biasOf(2000, 400)]
  expect(two.bias).toBeGreaterThan(4 * two.ofMean)
  expect(two.bias / eight.bias).toBeGreaterThan(2.5)
  expect(many.bias).toBeLessThan(4 * many.ofMean)
})
