import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { constant, equal, tidy } from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'
import { checkDistribution } from './checkDistribution.ts'
import type { Distribution } from './distribution.ts'
import { divergence } from './kl/divergence.ts'
import type { Pairs } from './kl/table.ts'
import type { NameOf } from './kinds.ts'
import { own } from './own.ts'
import { resolve } from './parameter.ts'

/** Names that are not known when a program is compiled; the pair is then looked up when it runs. */
type Unknown<Name> = string extends Name ? true : false

type WithoutExpand<D> = D extends { readonly name: 'expand'; readonly base: infer Base }
  ? WithoutExpand<Base>
  : D

/** A distribution made of another, which has a closed form where that has. */
interface Wrapper<Base> {
  readonly name: 'independent' | 'masked' | 'transformed'
  readonly base: Base
}

/** What is added to the type of q: nothing where there is a closed form, the reason where there is none. */
export type HasClosedForm<P, Q> = OfPair<WithoutExpand<P>, WithoutExpand<Q>>

type OfPair<P, Q> = true extends Unknown<NameOf<P>> | Unknown<NameOf<Q>>
  ? unknown
  : NameOf<P> extends 'delta'
    ? unknown
    : P extends Wrapper<infer A>
      ? Q extends Wrapper<infer B>
        ? NameOf<P> extends NameOf<Q>
          ? HasClosedForm<A, B>
          : NoClosedForm<NameOf<P>, NameOf<Q>>
        : NoClosedForm<NameOf<P>, NameOf<Q>>
      : NameOf<P> extends keyof Pairs
        ? NameOf<Q> extends Pairs[NameOf<P>]
          ? unknown
          : NoClosedForm<NameOf<P>, NameOf<Q>>
        : NoClosedForm<NameOf<P>, NameOf<Q>>

interface NoClosedForm<P, Q> {
  readonly 'no closed form': `klDivergence(${P & string}, ${Q & string}) has none: use estimateKlDivergence(key, p, q)`
}

/**
 * The Kullback–Leibler divergence KL(p‖q) = E_p[log p(x) − log q(x)] in nats, in closed form: ≥ 0, ∞ where p has
 * values that q has not.
 *
 * @returns a tensor of the shape that the batches broadcast to.
 * @throws UnsupportedError for a pair without a closed form (a type error where the types of both are known):
 * `estimateKlDivergence` estimates it by Monte Carlo; ShapeError for events, or numbers of categories, that differ.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { klDivergence, normal } from '@variate/distributions'
 *
 * klDivergence(normal([0, 1], 1), normal(1, 2)).arraySync() // => [0.443147, 0.318147]
 * ```
 */
export function klDivergence<P extends Distribution, Q extends Distribution>(
  p: P,
  q: Q & HasClosedForm<P, Q>,
): Tensor {
  checkDistribution('klDivergence: p', p)
  checkDistribution('klDivergence: q', q)
  checkTotals(p, q)
  return tidy(() => {
    const found = divergence(p, q)
    if (found) return own(found)
    const other = p.name === 'mixture' && q.name === 'mixture' ? 'klUpperBound(p, q) or ' : ''
    throw new UnsupportedError(
      `klDivergence: (${p.name}, ${q.name}) has no closed form: use ${other}estimateKlDivergence(key, p, q)`,
    )
  })
}

/** The only parameter on which a closed form may rest: counts of unlike totals have none. */
function checkTotals(p: Distribution, q: Distribution): void {
  const [of, other] = [p.parameters['total'], q.parameters['total']]
  if (of === undefined || other === undefined || isTracing()) return
  const same = tidy(() => constant(equal(resolve(of), resolve(other))))
  const areSame = !(same.dataSync() as Float32Array).includes(0)
  same.dispose()
  if (!areSame) {
    throw new UnsupportedError(
      `klDivergence: (${p.name}, ${q.name}) of unlike totals has no closed form: use estimateKlDivergence(key, p, q)`,
    )
  }
}
