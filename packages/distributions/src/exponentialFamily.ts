import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NumericalError, ShapeError } from '@variate/core'
import {
  broadcastShapes,
  broadcastTo,
  constant,
  div,
  fill,
  isTracing,
  reshape,
  sum,
  tidy,
  type Real,
} from '@variate/core/ops'
import { nonnegative } from './constraints/nonnegative.ts'
import type { Resolved } from './define.ts'
import type {
  Distribution,
  ExponentialFamily,
  FitOptions,
  Numbers,
  Parameter,
  Shape,
} from './distribution.ts'
import { own } from './own.ts'
import { checkEvents, place, resolve } from './parameter.ts'
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
  /** The distribution with these parameters. */
  readonly make: (estimates: Readonly<Record<Estimated, Numbers>>) => Self
}

/** A distribution with the members of `ExponentialFamily`. */
export function exponentialFamily<const Name extends string, Estimated extends string, Self>(
  base: Omit<Distribution, 'parameters'> & { readonly parameters: Readonly<Record<Name, Parameter>> },
  formulas: FamilyFormulas<Name, Estimated, Self>,
): Distribution & ExponentialFamily<Self> {
  const { name, parameters, batchShape, eventShape, support } = base
  const { ranks, naturalParameters, sufficientStatistics, logNormalizer, logBaseMeasure } = formulas
  const resolved = (): Resolved<Name> =>
    Object.fromEntries(
      Object.entries<Parameter>(parameters).map(([key, value]) => [key, resolve(value)]),
    ) as never

  const eta = (p: Resolved<Name>): Tensor[] =>
    naturalParameters(p).map((item, i) => {
      const natural = constant(item)
      const rank = ranks?.[i] ?? eventShape.length
      return broadcastTo(natural, [...batchShape, ...natural.shape.slice(natural.rank - rank)])
    })

  return Object.freeze({
    ...base,
    naturalParameters: () => tidy(() => eta(resolved()).map((item) => own(item))),
    sufficientStatistics: (value: Numbers) =>
      tidy(() => {
        const x = moveInside(support, eventShape, constant(value))
        return sufficientStatistics(x, resolved()).map((item) => own(constant(item)))
      }),
    logNormalizer: (natural?: readonly Numbers[]) =>
      tidy(() => {
        const p = resolved()
        if (natural)
          return own(
            constant(
              logNormalizer(
                natural.map((item) => constant(item)),
                p,
              ),
            ),
          )
        return own(broadcastTo(constant(logNormalizer(naturalParameters(p), p)), batchShape))
      }),
    logBaseMeasure: (value: Numbers) =>
      tidy(() => {
        const x = constant(value)
        const p = resolved()
        const h = constant(withinSupport(support, eventShape, x, (inside) => logBaseMeasure(inside, p)))
        const lead = x.shape.slice(0, x.rank - eventShape.length)
        return own(broadcastTo(h, broadcastShapes([h.shape, lead], name)))
      }),
    fit: (value: Numbers, { weights }: FitOptions = {}) => {
      let names: string[] = []
      const estimates = tidy(() => {
        const [x, w] = observations(
          base,
          constant(value),
          weights === undefined ? undefined : constant(weights),
        )
        const found = formulas.estimate(x, w, resolved())
        names = Object.keys(found)
        return Object.values<Real>(found).map((item) => own(constant(item)))
      })
      const given = isTracing() ? estimates : estimates.map(readOut)
      try {
        return formulas.make(Object.fromEntries(names.map((key, i) => [key, given[i]!])) as never)
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

/**
 * Observations [n, ...batch, ...event] and weights [n, ...batch] that sum to 1 over n, checked unless a trace records.
 * The batch is that which the distribution's, the observations' and the weights' broadcast to.
 */
function observations(
  { name, batchShape, eventShape, support }: Omit<Distribution, 'parameters'>,
  x: Tensor,
  weights: Tensor | undefined,
): [x: Tensor, w: Tensor] {
  const who = `${name}.fit`
  const lead = x.rank - eventShape.length
  if (lead < 1 || eventShape.some((length, axis) => x.shape[lead + axis] !== length)) {
    throw new ShapeError(
      `${who}: observations must have shape [n, ...batch${eventShape.map((length) => `, ${length}`).join('')}], got [${x.shape}]`,
    )
  }
  const n = x.shape[0]!
  if (n === 0) throw new DomainError(`${who}: there are no observations`)
  if (weights && weights.shape[0] !== n) {
    throw new ShapeError(`${who}: weights must have shape [${n}] or [${n}, ...batch], got [${weights.shape}]`)
  }
  const w = weights ?? fill([n], 1)
  const batch = broadcastShapes([batchShape, x.shape.slice(1, lead), w.shape.slice(1)], who)
  if (!isTracing()) {
    checkEvents(x.dataSync(), x.shape, support, `${who}: observations`)
    if (weights) checkEvents(w.dataSync(), w.shape, nonnegative, `${who}: weights`)
  }
  const spread = (shape: Shape): number[] => [
    n,
    ...Array.from({ length: batch.length + 1 - shape.length }, () => 1),
    ...shape.slice(1),
  ]
  const total = sum(w, 0, true)
  const empty = isTracing() ? -1 : total.dataSync().indexOf(0)
  if (empty >= 0) throw new DomainError(`${who}: weights are all 0${place(empty, w.shape.slice(1))}`)
  return [
    reshape(x, [...spread(x.shape.slice(0, lead)), ...eventShape]),
    broadcastTo(reshape(div(w, total), spread(w.shape)), [n, ...batch]),
  ]
}
