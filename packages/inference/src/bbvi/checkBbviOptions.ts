import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'

const NAMES = [
  'family',
  'guide',
  'estimator',
  'optimizer',
  'steps',
  'batch',
  'localSteps',
  'convergence',
  'precision',
  'engine',
  'reproducible',
]

/** Of what the option must have a function, and what makes one. */
const MADE = {
  family: ['of', 'meanField()'],
  estimator: ['estimate', 'reparameterization()'],
  optimizer: ['update', 'adam({ rate: 0.01 })'],
} as const

const ONE_OF = {
  precision: ['float32', 'float64'],
  engine: ['auto', 'wasm', 'eager', 'onnx'],
} as const

/** @throws DomainError for an option that there is not, or that is not of its kind: what is misspelt would do nothing. */
export function checkBbviOptions(options: object, who: string): void {
  const given = options as Readonly<Record<string, unknown>>
  const unknown = Object.keys(given).find((name) => !NAMES.includes(name))
  if (unknown !== undefined)
    throw new DomainError(`${who}: there is no option "${unknown}"; there are ${NAMES.join(', ')}`)
  for (const [name, [needed, like]] of Object.entries(MADE)) {
    const own = given[name] as Readonly<Record<string, unknown>> | undefined
    if (own === undefined || typeof own?.[needed] === 'function') continue
    if (name === 'optimizer' && typeof own?.['make'] === 'function') continue
    const got = typeof own === 'function' ? `a function: call it, as in ${like}` : shown(own)
    throw new DomainError(`${who}: ${name} must be one such as ${like} makes, got ${got}`)
  }
  for (const [name, values] of Object.entries(ONE_OF)) {
    const own = given[name]
    if (own === undefined || (values as readonly unknown[]).includes(own)) continue
    throw new DomainError(`${who}: ${name} must be one of ${values.join(', ')}, got ${shown(own)}`)
  }
}
