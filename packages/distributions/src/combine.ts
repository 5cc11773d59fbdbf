import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { broadcastShapes, broadcastTo, constant, tidy, type AnyKey, type Real } from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'
import type {
  Capabilities,
  Distribution,
  Numbers,
  Parameter,
  Reparameterized,
  Shape,
} from './distribution.ts'
import { own } from './own.ts'

/** Those of `Names` that a distribution has. */
export type Inherit<Base, Names extends keyof Capabilities | keyof Reparameterized> = Pick<
  Base,
  Extract<keyof Base, Names>
>

/** What a distribution made of others is, as formulas in ops. */
export interface Combination {
  readonly batchShape: Shape
  readonly eventShape: Shape
  readonly support: Constraint
  readonly parameters?: Readonly<Record<string, Parameter>>
  readonly reparameterized?: true | undefined
  readonly sample: (key: AnyKey, sampleShape: Shape) => Real
  readonly logProb: (x: Tensor) => Real
  readonly cdf?: ((x: Tensor) => Real) | false | undefined
  readonly icdf?: ((probability: Tensor) => Real) | false | undefined
  readonly mean?: (() => Real) | false | undefined
  readonly variance?: (() => Real) | false | undefined
  readonly entropy?: (() => Real) | false | undefined
  readonly enumerateSupport?: (() => Tensor) | false | undefined
}

/**
 * A distribution made of others: values are converted and checked for shape, results broadcast, and tensors tidied up.
 * Formulas that are false or undefined are capabilities that it lacks. Densities outside the support are theirs to give.
 */
export function combine(name: string, combination: Combination): Distribution {
  const { batchShape, eventShape, support, reparameterized } = combination
  const { sample, logProb, cdf, icdf, mean, variance, entropy, enumerateSupport } = combination
  const fit = (x: Real, shape: Shape): Tensor => own(broadcastTo(constant(x), shape))
  const ofValue = (formula: (x: Tensor) => Real, event: Shape) => (value: Numbers) =>
    tidy(() => {
      const x = constant(value)
      return fit(formula(x), shapeWith(name, x, event, batchShape))
    })
  const ofBatch = (formula: () => Real, event: Shape) => () =>
    tidy(() => fit(formula(), [...batchShape, ...event]))
  return Object.freeze({
    name,
    batchShape,
    eventShape,
    support,
    parameters: Object.freeze(combination.parameters ?? {}),
    ...(reparameterized && { reparameterized }),
    sample: (key: AnyKey, sampleShape: Shape = []) =>
      tidy(() => fit(sample(key, sampleShape), [...sampleShape, ...batchShape, ...eventShape])),
    logProb: ofValue(logProb, eventShape),
    ...(cdf && { cdf: ofValue(cdf, eventShape) }),
    ...(icdf && { icdf: ofValue(icdf, []) }),
    ...(mean && { mean: ofBatch(mean, eventShape) }),
    ...(variance && { variance: ofBatch(variance, eventShape) }),
    ...(entropy && { entropy: ofBatch(entropy, []) }),
    ...(enumerateSupport && { enumerateSupport: () => tidy(() => own(enumerateSupport())) }),
  })
}

/** The batch that a value and a distribution broadcast to. */
function shapeWith(name: string, x: Tensor, event: Shape, batchShape: Shape): Shape {
  const lead = x.rank - event.length
  const isEvent = lead >= 0 && event.every((length, axis) => x.shape[lead + axis] === length)
  if (!isEvent) {
    throw new ShapeError(`${name}: a value must end in the event shape [${event}], got shape [${x.shape}]`)
  }
  return broadcastShapes([x.shape.slice(0, lead), batchShape], `${name}: value and batch`)
}

/** A distribution with whatever it may have: what combinators look for. */
export type Able = Distribution & Partial<Capabilities> & Partial<Reparameterized>
