import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'

const NAMES = [
  'encoder',
  'guide',
  'estimator',
  'kl',
  'beta',
  'warmUp',
  'freeBits',
  'optimizer',
  'batch',
  'epochs',
  'patience',
  'precision',
  'engine',
  'reproducible',
]

const ONE_OF = {
  kl: ['analytic', 'sampled'],
  precision: ['float32', 'float64'],
  engine: ['auto', 'wasm', 'eager', 'onnx'],
} as const

/** Of what an option must have a function, and what makes one. */
const MADE = {
  estimator: ['estimate', 'reparameterization()'],
  optimizer: ['update', 'adam({ rate: 0.001 })'],
} as const

/**
 * @param plate of the examples.
 * @throws DomainError for an option that there is not, that is not of its kind, or that another contradicts.
 */
export function checkAmortizedOptions(options: object, plate: string, who: string): void {
  const given = options as Readonly<Record<string, unknown>>
  const unknown = Object.keys(given).find((name) => !NAMES.includes(name))
  if (unknown !== undefined)
    throw new DomainError(`${who}: there is no option "${unknown}"; there are ${NAMES.join(', ')}`)
  if ((given['encoder'] === undefined) === (given['guide'] === undefined))
    throw new DomainError(`${who}: give either an encoder, such as { z: { from: 'x', network } }, or a guide`)
  for (const [name, values] of Object.entries(ONE_OF)) {
    const own = given[name]
    if (own === undefined || (values as readonly unknown[]).includes(own)) continue
    throw new DomainError(`${who}: ${name} must be one of ${values.join(', ')}, got ${shown(own)}`)
  }
  for (const [name, [needed, like]] of Object.entries(MADE)) {
    const own = given[name] as Readonly<Record<string, unknown>> | undefined
    if (own === undefined || typeof own?.[needed] === 'function') continue
    throw new DomainError(`${who}: ${name} must be one such as ${like} makes, got ${shown(own)}`)
  }
  const { batch, kl, estimator } = given
  if (batch !== undefined && (typeof batch !== 'object' || batch === null))
    throw new DomainError(
      `${who}: batch must tell of a plate how many examples a step takes, such as { ${plate}: 128 }, got ${shown(batch)}`,
    )
  if (kl === 'sampled' && estimator && 'explain' in (estimator as object))
    throw new DomainError(
      `${who}: kl is 'sampled', and the estimator puts KL(q‖p) in closed form: leave analyticKl out of it`,
    )
  for (const name of ['epochs', 'patience']) {
    const own = given[name]
    if (own === undefined || (Number.isInteger(own) && (own as number) >= 1)) continue
    throw new DomainError(`${who}: ${name} must be a whole number ≥ 1, got ${shown(own)}`)
  }
  for (const name of ['beta', 'warmUp', 'freeBits']) {
    const own = given[name]
    if (own === undefined || (Number.isFinite(own) && (own as number) >= 0)) continue
    throw new DomainError(`${who}: ${name} must be a number ≥ 0, got ${shown(own)}`)
  }
}
