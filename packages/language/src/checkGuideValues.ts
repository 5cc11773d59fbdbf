import { DomainError, ShapeError } from '@variate/core'
import type { Distribution } from '@variate/distributions'
import type { Bound } from './bind.ts'
import type { RandomSite } from './declaration.ts'
import { placeOf } from './program.ts'
import { whyNotWithin } from './whyNotWithin.ts'

/** Sets that their names alone do not tell. */
const RANGES = ['interval', 'integerInterval', 'within']

/** @throws ShapeError and DomainError for a latent whose values are of another shape, type or support than in the model. */
export function checkGuideValues(
  model: Bound,
  guide: Bound,
  name: string,
  site: RandomSite,
  who: string,
): void {
  const own = guide.program.declarations.find((other) => other.name === name) as RandomSite
  const [expected, got] = [model.specs[name]!, guide.specs[name]!]
  const of = site.plates.length
  const [p, q] = [model.distributions.get(site)!, guide.distributions.get(own)!]
  const where = `${who}: ${placeOf(site)}`
  if (String(expected.shape) !== String(got.shape)) {
    const each = of > 0 ? 'each element has' : 'it has'
    throw new ShapeError(
      `${where}: ${each} shape [${got.shape.slice(of)}] in the guide (${q.name}), expected [${expected.shape.slice(of)}] as in ` +
        `the model (${p.name}): ${hintFor(expected.shape.slice(of))}`,
    )
  }
  if (p.support.isDiscrete !== q.support.isDiscrete) {
    const what = (d: Distribution): string => `${d.name}, ${d.support.isDiscrete ? 'discrete' : 'continuous'}`
    throw new DomainError(
      `${where}: the guide has ${what(q)}, and the model ${what(p)}: ` +
        `take a ${p.support.isDiscrete ? 'discrete' : 'continuous'} distribution in the guide`,
    )
  }
  if (expected.dtype !== got.dtype) {
    throw new DomainError(
      `${where}: values are ${got.dtype} in the guide (${q.name}), expected ${expected.dtype} as in the model (${p.name}): ` +
        'take a distribution of the same kind',
    )
  }
  const why = whyNotWithin(
    q.support,
    p.support,
    p.eventShape.length >= q.eventShape.length ? p.eventShape : q.eventShape,
  )
  if (why !== undefined) {
    throw new DomainError(
      `${where}: the guide (${q.name}) gives values such as ${why}, which must be ${p.support.description} in the model ` +
        `(${p.name}): take a distribution whose support is ${RANGES.includes(p.support.name) ? 'in this range' : p.support.name}`,
    )
  }
}

function hintFor(shape: readonly number[]): string {
  return shape.length === 0 ? 'give it one number for each element' : `give its parameters shape [${shape}]`
}
