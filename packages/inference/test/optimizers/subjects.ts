import {
  adagrad,
  adam,
  adamax,
  adamW,
  averaged,
  clipByGlobalNorm,
  clipByValue,
  momentum,
  rmsProp,
  schedules,
  sgd,
  skipNonFinite,
  type Optimizer,
} from '@variate/inference'

const falling = schedules.exponentialDecay({ start: 0.05, factor: 0.5, steps: 10 })

/** Optimisers by the names that their trajectories have in oracles/optimizers.json. */
export const SUBJECTS: Readonly<Record<string, Optimizer>> = {
  momentum: momentum(0.05),
  nesterov: momentum(falling, { decay: 0.8, nesterov: true }),
  adamW: adamW({ rate: falling, weightDecay: 0.1 }),
  'adamW of w': adamW({ rate: 0.05, weightDecay: 0.1, decayed: ['w'] }),
  adamax: adamax({ rate: 0.05, beta1: 0.8, beta2: 0.99 }),
  rmsProp: rmsProp({ rate: 0.01 }),
  'rmsProp, momentum': rmsProp({ rate: falling, decay: 0.95, momentum: 0.9 }),
  'rmsProp, centered': rmsProp({ rate: 0.01, centered: true }),
  'rmsProp, centered, momentum': rmsProp({ rate: 0.01, decay: 0.8, centered: true, momentum: 0.5 }),
  adagrad: adagrad({ rate: 0.1, epsilon: 1e-3 }),
  'adagrad without epsilon': adagrad({ rate: falling, epsilon: 1e-30, initial: 0.1 }),
  clipByGlobalNorm: clipByGlobalNorm(2, adam({ rate: 0.05 })),
  clipByValue: clipByValue(0.5, momentum(0.05)),
  skipNonFinite: skipNonFinite(adam({ rate: 0.05 })),
  polyak: averaged(sgd(0.01), { kind: 'polyak' }),
  'polyak from 10': averaged(sgd(0.01), { kind: 'polyak', from: 10 }),
  ema: averaged(sgd(0.01), { kind: 'ema', decay: 0.9 }),
  'ema from 10': averaged(sgd(0.01), { kind: 'ema', decay: 0.9, from: 10 }),
}
