import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError, UnsupportedError } from '@variate/core'
import {
  add,
  and,
  constant,
  greater,
  isNaN,
  isTensor,
  less,
  not,
  sub,
  where,
  type Real,
} from '@variate/core/ops'
import { shown } from '@variate/core/internal'
import type { Bijector, ElementwiseBijector } from './bijectors/bijector.ts'
import { chain, isElementwise, type Chain } from './bijectors/chain.ts'
import { checkDistribution } from './checkDistribution.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import type { Constraint } from './constraints/constraint.ts'
import { image } from './constraints/image.ts'
import type { Distribution } from './distribution.ts'
import { expand } from './expand.ts'
import { independent } from './independent.ts'
import type { WithDensity } from './kinds.ts'
import { sumLast } from './sumLast.ts'
import { withinSupport } from './withinSupport.ts'

/** One bijector of a list. */
type Joined<Maps> = Maps extends readonly Bijector[] ? Chain<Maps> : Maps

/** The distribution of f(X). */
export type Transformed<
  Base extends Distribution = Distribution,
  Maps extends Bijector | readonly Bijector[] = Bijector,
> = Distribution & {
  readonly name: 'transformed'
  readonly base: Base
  readonly map: Joined<Maps>
} & Inherit<Base, 'reparameterized'> &
  (Joined<Maps> extends ElementwiseBijector ? Inherit<Base, 'cdf' | 'survival' | 'icdf'> : unknown)

/**
 * The distribution of y = f(x), x from a continuous distribution: log p(y) = log p(f⁻¹(y)) + log |det ∂f⁻¹/∂y|.
 *
 * Where f takes events with more axes than those of `base`, axes of its batch become axes of an event.
 *
 * @param maps a bijector, or several, the first one first.
 * @throws UnsupportedError for a discrete `base`; ShapeError if its events have a shape that f does not take.
 * @see Murphy, Probabilistic Machine Learning: An Introduction (2022), §2.8.3.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { biject, normal, transformed } from '@variate/distributions'
 *
 * const logNormal = transformed(normal(0, 1), biject.exp)
 * logNormal.logProb([1, 2, -1]).arraySync() // => [-0.9189385, -1.8523122, -Infinity]
 * logNormal.cdf(2).arraySync() // => 0.7558914
 * ```
 */
export function transformed<Base extends Distribution, const Maps extends Bijector | readonly Bijector[]>(
  base: Base & WithDensity<Base, 'transformed'>,
  maps: Maps,
): Transformed<Base, Maps> {
  checkDistribution('transformed: base', base)
  if (base.support.isDiscrete) {
    throw new UnsupportedError(`transformed: ${base.name} is discrete: it has no density to transform`)
  }
  const links = [maps].flat() as readonly (Partial<Bijector> | undefined)[]
  const at = links.findIndex((link) => !link?.forwardShape)
  if (at >= 0) {
    throw new DomainError(`transformed: maps must be bijectors, such as biject.exp, got ${shown(links[at])}`)
  }
  const map = (Array.isArray(maps) ? chain(maps as readonly Bijector[]) : maps) as Bijector
  const lacking = Math.max(map.domainRank - base.eventShape.length, 0)
  if (lacking > base.batchShape.length) {
    throw new ShapeError(
      `transformed: ${map.name} takes events with ${map.domainRank} axes, ${base.name} has event shape [${base.eventShape}], batch shape [${base.batchShape}]`,
    )
  }
  const joint = lacking > 0 ? independent(base, lacking) : base
  const given = [...joint.batchShape, ...joint.eventShape]
  const shape = map.forwardShape(given)
  const rank = joint.eventShape.length + map.codomainRank - map.domainRank
  const [batchShape, eventShape] = [shape.slice(0, shape.length - rank), shape.slice(shape.length - rank)]
  const from = String(batchShape) === String(joint.batchShape) ? joint : expand(joint, batchShape)
  if (String(map.inverseShape(shape)) !== String([...batchShape, ...from.eventShape])) {
    throw new ShapeError(
      `transformed: ${map.name} makes shape [${eventShape}] of events [${joint.eventShape}]`,
    )
  }
  const extra = from.eventShape.length - map.domainRank
  const support = image(from.support, map)
  const { reparameterized, cdf, survival, icdf, isf } = from as Able
  const scalar = rank === 0 && isElementwise(map) ? map : undefined
  const result = combine('transformed', {
    batchShape,
    eventShape,
    support,
    reparameterized,
    sample: (key, sampleShape) => map.forward(from.sample(key, sampleShape)),
    logProb: (y) =>
      withinSupport(support, eventShape, y, (inside) =>
        add(from.logProb(map.inverse(inside)), sumLast(map.inverseLogDet(inside), extra)),
      ),
    cdf: scalar && cdf && tail(scalar, support, greater, cdf, survival ?? ((x) => sub(1, cdf(x)))),
    survival: scalar && cdf && survival && tail(scalar, support, less, survival, cdf),
    icdf: scalar && icdf && quantile(scalar, icdf, isf ?? ((p) => icdf(sub(1, p) as Tensor))),
    isf: scalar && icdf && isf && quantile(scalar, isf, icdf),
  })
  return Object.freeze({ ...result, base, map }) as never
}

type Formula = (x: Tensor) => Real

/** P(f(X) ≤ y), or P(f(X) > y): a tail of X by whether f rises, and 1 for the y beyond all f(x) that are `whole`, else 0. */
function tail(
  map: ElementwiseBijector,
  support: Constraint,
  whole: typeof greater,
  rising: Formula,
  falling: Formula,
): Formula {
  return (y) => {
    const inside = support.inside([])
    const x = map.inverse(y)
    const isBeyond = and(isNaN(x), not(isNaN(y)))
    const within = map.inverse(constant(inside))
    const probability = byDirection(map, where(isBeyond, within, x) as Tensor, within, rising, falling)
    return where(isBeyond, whole(y, inside), probability)
  }
}

function quantile(map: ElementwiseBijector, rising: Formula, falling: Formula): Formula {
  return (p) => map.forward(constant(byDirection(map, p, 0.5, rising, falling)))
}

/** `rising` of x where f rises, else `falling`; each is asked for what is inside where the other counts. */
function byDirection(
  map: ElementwiseBijector,
  x: Tensor,
  inside: Real,
  rising: Formula,
  falling: Formula,
): Real {
  const direction = map.direction()
  if (!isTensor(direction)) return direction > 0 ? rising(x) : falling(x)
  const rises = greater(direction, 0)
  return where(rises, rising(where(rises, x, inside) as Tensor), falling(where(rises, inside, x) as Tensor))
}
