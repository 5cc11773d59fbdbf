import * as tf from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { add, mul, stopGradient } from '@variate/core/ops'
import type { AnyDistribution } from '../distribution.ts'
import { checkBatchSampler } from '../laws/batchSampler.ts'
import { checkPathwise } from '../laws/pathwise.ts'
import { checkSampleShape, checkSampler } from '../laws/sampler.ts'
import { checkLikelihoodRatio } from '../laws/likelihoodRatio.ts'
import { checkScoreAgainstPath } from '../laws/scoreAgainstPath.ts'
import { changed, firstOfBatch, rows, scaledGradient } from '../spoil.ts'
import type { Fault } from './fault.ts'

const isContinuous = ({ support }: AnyDistribution): boolean => !support.isDiscrete
/** What is certain can be drawn in one way only. */
const isRandom = ({ variance }: AnyDistribution): boolean =>
  variance === undefined ||
  tf.tidy(() =>
    variance()
      .dataSync()
      .some((x) => x !== 0),
  )
const samplers = [checkSampler, checkLikelihoodRatio]

/** Mistakes in draws and their derivatives. */
export const FAULTS_OF_DRAWS: readonly Fault[] = [
  {
    name: 'a sampler with a tenth of its draws at one place',
    laws: samplers,
    applies: isRandom,
    spoil: (d) => changed(d, ['sample'], (x) => rows(x, (i) => (i % 10 === 0 ? 0 : i))),
  },
  {
    name: 'a sampler that is shifted',
    laws: samplers,
    spoil: (d) =>
      changed(d, ['sample'], (x) => {
        if (d.support.isDiscrete) return add(x, 1)
        return add(x, mul(0.1, tf.sqrt(tf.moments(x, 0).variance)))
      }),
  },
  {
    name: 'a sampler that spreads half too far',
    laws: samplers,
    applies: isContinuous,
    spoil: (d) =>
      changed(d, ['sample'], (x) => {
        const { mean } = tf.moments(x, 0)
        return add(mean, mul(1.5, tf.sub(x, mean)))
      }),
  },
  {
    name: 'a sampler that draws everything twice',
    laws: [checkSampler],
    applies: isRandom,
    spoil: (d) => changed(d, ['sample'], (x) => rows(x, (i) => i - (i % 2))),
  },
  {
    name: 'a sampler that ignores its key',
    laws: [checkSampleShape],
    applies: isRandom,
    spoil: (d) => ({ sample: (_, shape) => d.sample!(key(1), shape) }),
  },
  {
    name: 'a sampler that ignores the batch',
    laws: [checkBatchSampler],
    spoil: (d) => changed(d, ['sample'], (x) => firstOfBatch(d, x)),
  },
  {
    name: 'draws whose derivatives are half too large',
    laws: [checkPathwise],
    spoil: (d) => changed(d, ['sample'], (x) => scaledGradient(x, 1.5)),
  },
  {
    name: 'draws without derivatives',
    laws: [checkScoreAgainstPath],
    spoil: (d) => changed(d, ['sample'], (x) => stopGradient(x)),
  },
]
