import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { unsupported, type Refused } from '../../src/onnx/unsupported.ts'
import { CASES, tensorOf, type Case } from '../batch/cases.ts'
import { apart, expectedOf, plainOf, programOf, ran, type Plain } from './ran.ts'

/** Operations that are computed by branches and loops for each element, which ONNX has none of. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    'besselRatioComplement besselRatioSlope betaincInverse betaincOfOdds binomialCdf binomialQuantile binomialSurprise ' +
    'gammaSampleDerivative gammainc gammaincInverse gammaincc gammainccInverse inverseGaussianQuantile ' +
    'negativeBinomialEntropy negativeBinomialQuantile oddsOfBetainc poissonCdf poissonEntropy poissonQuantile polygamma ' +
    'scaledExpint skewNormalCdf skewNormalLogFactor skewNormalQuantile studentTCdf studentTQuantile truncatedNormalCdf ' +
    'truncatedNormalLogMass truncatedNormalMean truncatedNormalQuantile truncatedNormalVariance vonMisesCdf vonMisesQuantile'
  ).split(' '),
)

/** Cases whose terms cancel, the size of which their rounding is of. */
const CANCELLING: ReadonlySet<string> = new Set(['logSumExp', 'trace'])

const given = ({ inputs }: Case): readonly Plain[] =>
  inputs.map((input, i) => plainOf(tensorOf(input, i + 1)))

const refusedOf = (one: Case): readonly Refused[] =>
  unsupported(programOf(one.f, given(one), 'float32').nodes)

const told = CASES.map((one) => {
  const name = `${one.name} of ${one.inputs.map(({ shape }) => `[${shape}]`).join(', ')}`
  return [name, one, refusedOf(one)] as const
})

describe.each(['float32', 'float64'] as const)(
  'in %s ONNX Runtime gives what compiled code gives',
  (precision) => {
    test.each(told.filter(([, , refused]) => refused.length === 0))('%s', async (_, one) => {
      const [got] = await ran(one.f, given(one), precision)
      const [expected] = expectedOf(one.f, given(one), precision)
      const least = CANCELLING.has(one.name) ? 1 : undefined
      expect(apart(got!, expected!, precision === 'float32' ? 1e-6 : 1e-12, least)).toBeUndefined()
    })
  },
)

test('these operations are refused, and no others, with the reason', () => {
  const found = new Map(
    told.flatMap(([, , refused]) => refused.map(({ node, reason }) => [node.op, reason] as const)),
  )
  expect([...found.keys()].toSorted()).toEqual([...REFUSED].toSorted())
  for (const reason of found.values()) expect(reason).toContain('branches and loops')
})
