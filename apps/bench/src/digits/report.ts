import type { Report } from '../benchmark.ts'
import { DIGIT_MODELS, type DigitModelName } from './digitModels.ts'
import type { JudgeTask, Side } from './judge.ts'
import type { Judged } from './judged.ts'
import { meanOverDigits, pairedDifference, spreadOf, type Estimate } from './pairedDifference.ts'

/** A fit and what it was judged to be. */
export type Found = JudgeTask & Judged

/** What is asked of differences: a model that is to be better than another by so many nats. */
const BARS: readonly {
  readonly better: DigitModelName
  readonly than: DigitModelName
  readonly by: number
}[] = [
  { better: 'iwae', than: 'vae', by: 0.5 },
  { better: 'two', than: 'vae', by: 0.5 },
  { better: 'vae', than: 'flat', by: 0 },
]
const NAMES: Readonly<Record<Side, string>> = { ours: 'variate', torch: 'PyTorch' }

export function reportOf(found: readonly Found[], on: string, quick: boolean): Report {
  const runsOf = (side: Side, model: DigitModelName): readonly (readonly number[])[] =>
    found.filter((run) => run.side === side && run.model === model).map(({ pointwise }) => pointwise)
  const models = (Object.keys(DIGIT_MODELS) as DigitModelName[]).filter(
    (model) => runsOf('ours', model).length > 0,
  )
  const likelihoods = models.flatMap((model) =>
    (['torch', 'ours'] as const).map((side) => {
      const runs = runsOf(side, model)
      const [low, high] = spreadOf(runs)
      const others = runsOf('torch', model)
      const lowest = spreadOf(others)[0]
      const { mean } = meanOverDigits(runs)
      // One run has no spread to lie in.
      const verdict = side === 'ours' && (quick || others.length > 1) ? `≥ ${nats(lowest)}` : ''
      return [
        `${DIGIT_MODELS[model].name}: ${NAMES[side]}`,
        withError(meanOverDigits(runs)),
        runs.length > 1 ? `${nats(low)} … ${nats(high)}` : 'one seed',
        verdict,
        verdict === '' || quick ? '' : mean >= lowest ? 'met' : 'missed',
      ]
    }),
  )
  const differences = BARS.filter(
    ({ better, than }) => models.includes(better) && models.includes(than),
  ).flatMap(({ better, than, by }) =>
    (['torch', 'ours'] as const).map((side) => {
      // As many seeds of either: the first ones, which are the same.
      const [one, other] = [runsOf(side, better), runsOf(side, than)]
      const count = Math.min(one.length, other.length)
      const difference = pairedDifference(one.slice(0, count), other.slice(0, count))
      return [
        `${DIGIT_MODELS[better].name} − ${DIGIT_MODELS[than].name}: ${NAMES[side]}`,
        withError(difference),
        '',
        `≥ ${by}`,
        quick ? '' : difference.mean >= by ? 'met' : 'missed',
      ]
    }),
  )
  const [{ epochs, particles }] = found as readonly [Found]
  const seeds = new Set(found.map(({ seed }) => seed)).size
  return {
    title: 'MNIST: log p(x) of 1,000 digits that were not fitted, nats for each digit',
    header: ['', 'log-likelihood', 'by seed', 'bar', ''],
    rows: [...likelihoods, ...differences],
    notes: [
      `9,000 digits, pixels drawn of brightnesses in each step; ${epochs} epochs of batches of 128, Adam with the rate 0.001; seeds: ${seeds}, and of PyTorch's relatives of the VAE 1.`,
      `By importance sampling with ${particles.toLocaleString('en')} draws of q for each digit; ± standard errors over digits, of differences digit by digit.`,
      "PyTorch begins with its own weights, uniform within ±1/√inputs, variate with He's normal and Glorot's uniform ones, which are larger.",
      models.map((model) => `${DIGIT_MODELS[model].name}: ${DIGIT_MODELS[model].about}`).join('; '),
      on,
    ],
    failures: [],
    record: {
      machine: on,
      runs: found.map(({ pointwise, ...run }) => ({ ...run, ...meanOverDigits([pointwise]) })),
      differences: differences.map(([name, difference]) => ({ name, difference })),
    },
  }
}

function withError({ mean, standardError }: Estimate): string {
  return `${nats(mean)} ± ${standardError.toFixed(2)}`
}

function nats(x: number): string {
  return x.toFixed(2)
}
