import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { unsupported } from '../../src/onnx/unsupported.ts'
import { CASES, tensorOf } from '../batch/cases.ts'
import { apart, expectedOf, plainOf, programOf, ran } from './ran.ts'

/** Operations that are computed by branches and loops for each element, which ONNX has none of. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    'besselRatioComplement besselRatioSlope betaincInverse betaincOfOdds binomialCdf binomialQuantile binomialSurprise ' +
    'gammaSampleDerivative gammainc gammaincInverse gammaincc gammainccInverse inverseGaussianQuantile lbeta ' +
    'multivariateLgamma negativeBinomialEntropy negativeBinomialQuantile oddsOfBetainc poissonCdf poissonEntropy poissonQuantile polygamma ' +
    'scaledExpint skewNormalCdf skewNormalLogFactor skewNormalQuantile studentTCdf studentTQuantile truncatedNormalCdf ' +
    'truncatedNormalLogMass truncatedNormalMean truncatedNormalQuantile truncatedNormalVariance vonMisesCdf vonMisesQuantile'
  ).split(' '),
)

/** Cases whose terms cancel, the size of which their rounding is of. */
const CANCELLING: ReadonlySet<string> = new Set(['logSumExp', 'trace'])

const told = CASES.map(
  (one) => [`${one.name} of ${one.inputs.map(({ shape }) => `[${shape}]`).join(', ')}`, one] as const,
)

describe.each(['float32', 'float64'] as const)(
  'in %s ONNX Runtime gives what compiled code gives',
  (precision) => {
    test.each(told)('%s', async (_, { name, f, inputs }) => {
      const given = inputs.map((input, i) => plainOf(tensorOf(input, i + 1)))
      const refused = unsupported(programOf(f, given, precision).nodes, precision)
      if (refused.length > 0) {
        expect(refused.filter(({ node }) => !REFUSED.has(node.op))).toEqual([])
        return
      }
      const [got] = await ran(f, given, precision)
      const [expected] = expectedOf(f, given, precision)
      const least = CANCELLING.has(name) ? 1 : undefined
      expect(apart(got!, expected!, precision === 'float32' ? 1e-6 : 1e-12, least)).toBeUndefined()
    })
  },
)

test('each operation that is refused is in some case, and told by its name and the reason', () => {
  const found = new Map(
    CASES.flatMap(({ f, inputs }) => {
      const given = inputs.map((input, i) => plainOf(tensorOf(input, i + 1)))
      const refused = unsupported(programOf(f, given, 'float32').nodes, 'float32')
      return refused.map(({ node, reason }) => [node.op, reason] as const)
    }),
  )
  expect([...found.keys()].toSorted()).toEqual([...REFUSED].toSorted())
  for (const reason of found.values()) expect(reason).toContain('branches and loops')
})
