import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NumericalError } from '@variate/core'
import { broadcastTo, constant, tidy, type Real } from '@variate/core/ops'
import { isTracing } from '@variate/core/internal'
import type {
  Distribution,
  ExponentialFamily,
  FitOptions,
  Numbers,
  Parameter,
  Shape,
  Vectors,
} from './distribution.ts'
import { valueOf } from './combine.ts'
import { mapValues } from './mapValues.ts'
import { observations } from './observations.ts'
import { own } from './own.ts'
import { resolvedOf, type Resolved } from './parameters.ts'
import { moveInside, withinSupport } from './withinSupport.ts'

/** An exponential family, as formulas in ops. Parameters `p` that are not estimated, such as totals, are constants. */
export interface FamilyFormulas<Name extends string, Estimated extends string, Self> {
  /** How many event axes each statistic has; those of the distribution if not given. */
  readonly ranks?: readonly number[]
  readonly naturalParameters: (p: Resolved<Name>) => readonly Real[]
  readonly sufficientStatistics: (x: Tensor, p: Resolved<Name>) => readonly Real[]
  readonly logNormalizer: (eta: readonly Real[], p: Resolved<Name>) => Real
  readonly logBaseMeasure: (x: Tensor, p: Resolved<Name>) => Real
  /**
   * The most likely parameters.
   *
   * @param x of shape [n, ...batch, ...eventShape], or 1 in place of lengths of the batch.
   * @param w weights of shape [n, ...batch], which sum to 1 over n.
   */
  readonly estimate: (x: Tensor, w: Tensor, p: Resolved<Name>) => Readonly<Record<Estimated, Real>>
  /** The distribution with these parameters: vectors for its types, which take all that is estimated. */
  readonly make: (estimates: Readonly<Record<Estimated, Vectors>>) => Self
}

/** A distribution with the members of `ExponentialFamily`. */
export function exponentialFamily<const Name extends string, Estimated extends string, Self>(
  base: Omit<Distribution, 'parameters'> & { readonly parameters: Readonly<Record<Name, Parameter>> },
  formulas: FamilyFormulas<Name, Estimated, Self>,
): Distribution & ExponentialFamily<Self> {
  const { name, batchShape, eventShape, support } = base
  const { ranks, naturalParameters, sufficientStatistics, logNormalizer, logBaseMeasure, estimate } = formulas
  const resolved = (): Resolved<Name> => resolvedOf(base.parameters)
  const read = (value: Numbers): [x: Tensor, shape: Shape] => valueOf(name, value, eventShape, batchShape)
  return Object.freeze({
    ...base,
    naturalParameters: () =>
      tidy(() =>
        naturalParameters(resolved()).map((item, i) => {
          const eta = constant(item)
          const rank = ranks?.[i] ?? eventShape.length
          return own(broadcastTo(eta, [...batchShape, ...eta.shape.slice(eta.rank - rank)]))
        }),
      ),
    sufficientStatistics: (value: Numbers) =>
      tidy(() => {
        const [x] = read(value)
        return sufficientStatistics(moveInside(support, eventShape, x), resolved()).map((item) =>
          own(constant(item)),
        )
      }),
    logNormalizer: (natural?: readonly Numbers[]) =>
      tidy(() => {
        const p = resolved()
        const eta = natural?.map((item) => constant(item, 'float32', `${name}: η`)) ?? naturalParameters(p)
        const logA = constant(logNormalizer(eta, p))
        return own(natural ? logA : broadcastTo(logA, batchShape))
      }),
    logBaseMeasure: (value: Numbers) =>
      tidy(() => {
        const [x, shape] = read(value)
        const p = resolved()
        const h = constant(withinSupport(support, eventShape, x, (inside) => logBaseMeasure(inside, p)))
        return own(broadcastTo(h, shape))
      }),
    fit: (value: Numbers, { weights }: FitOptions = {}) => {
      const estimates = tidy(() =>
        mapValues(estimate(...observations(base, value, weights), resolved()), (item) => own(constant(item))),
      )
      const given = isTracing() ? estimates : mapValues(estimates, readOut)
      try {
        return formulas.make(given as Readonly<Record<Estimated, Vectors>>)
      } catch (cause) {
        if (!(cause instanceof DomainError)) throw cause
        throw new NumericalError(
          `${name}.fit: no distribution makes these observations most likely: ${cause.message}`,
          { cause },
        )
      }
    },
  })
}

function readOut(x: Tensor): Numbers {
  const data = x.dataSync().slice()
  x.dispose()
  return x.rank === 0 ? data[0]! : ({ shape: x.shape, data } as never)
}
