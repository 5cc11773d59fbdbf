import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import {
  broadcastShapes,
  broadcastTo,
  constant,
  greater,
  mul,
  sub,
  tidy,
  where,
  type AnyKey,
  type Real,
} from '@variate/core/ops'
import { checkDraw } from '@variate/core/internal'
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
  readonly survival?: ((x: Tensor) => Real) | false | undefined
  readonly icdf?: ((probability: Tensor) => Real) | false | undefined
  readonly isf?: ((probability: Tensor) => Real) | false | undefined
  readonly mean?: (() => Real) | false | undefined
  readonly variance?: (() => Real) | false | undefined
  readonly entropy?: (() => Real) | false | undefined
  readonly enumerateSupport?: (() => Real) | false | undefined
  /** What formulas may give back as it is besides their argument; if not given they may give back any tensor. */
  readonly given?: readonly unknown[]
}

/**
 * A distribution made of others: values are converted and checked for shape, results broadcast, and tensors tidied up.
 * Formulas that are false or undefined are capabilities that it lacks. Densities outside the support are theirs to give;
 * quantiles of what is no probability are NaN.
 */
export function combine(name: string, { given, ...combination }: Combination): Distribution {
  const { batchShape, eventShape } = combination
  const shape = [...batchShape, ...eventShape]
  const finish = (result: Real, to?: Shape, value?: Tensor): Tensor => {
    const x = constant(result)
    return own(to ? broadcastTo(x, to) : x, given && [value, ...given])
  }
  const ofValue = (event: Shape, what?: string) => (formula: (x: Tensor) => Real) => (value: Numbers) =>
    tidy(() => {
      const [x, to] = valueOf(name, value, event, batchShape, what)
      return finish(formula(x), to, x)
    })
  const ofEvent = ofValue(eventShape)
  const ofBatch = (to?: Shape) => (formula: () => Real) => () => tidy(() => finish(formula(), to))
  // p·(p − 1) > 0 outside [0, 1].
  const ofProbability = (formula: (p: Tensor) => Real) =>
    ofValue([], 'probability')((p) => where(greater(mul(p, sub(p, 1)), 0), NaN, formula(p)))
  const methods: Readonly<Record<string, (formula: never) => unknown>> = {
    sample:
      (formula: Combination['sample']) =>
      (key: AnyKey, sampleShape: Shape = []) =>
        tidy(() => {
          checkDraw(key, sampleShape, `${name}.sample`)
          return finish(formula(key, sampleShape), [...sampleShape, ...shape])
        }),
    logProb: ofEvent,
    cdf: ofEvent,
    survival: ofEvent,
    icdf: ofProbability,
    isf: ofProbability,
    mean: ofBatch(shape),
    variance: ofBatch(shape),
    entropy: ofBatch(batchShape),
    enumerateSupport: ofBatch(),
  }
  const members = Object.entries({
    name,
    ...combination,
    parameters: Object.freeze(combination.parameters ?? {}),
  })
    .filter(([, member]) => member)
    .map(([key, member]) => [key, methods[key]?.(member as never) ?? member])
  return Object.freeze(Object.fromEntries(members))
}

/**
 * A value as a tensor, and the batch that it and the distribution broadcast to.
 *
 * @throws DomainError for what is no number; ShapeError if it does not end in the event shape, or does not broadcast.
 */
export function valueOf(
  name: string,
  value: Numbers,
  event: Shape,
  batchShape: Shape,
  what = 'value',
): [x: Tensor, shape: Shape] {
  const x = constant(value, 'float32', `${name}: ${what}`)
  const lead = x.rank - event.length
  // Of too few axes, the first is undefined.
  if (event.some((length, axis) => x.shape[lead + axis] !== length)) {
    throw new ShapeError(`${name}: ${what} must end in the event shape [${event}], got shape [${x.shape}]`)
  }
  return [x, broadcastShapes([x.shape.slice(0, lead), batchShape], `${name}: ${what} and batch`)]
}

/** A distribution with whatever it may have: what combinators look for. */
export type Able = Distribution &
  Partial<Capabilities> &
  Partial<Reparameterized> & {
    /** The x with P(X > x) = p: the inverse of `survival`, exact for small p. */
    readonly isf?: Capabilities['icdf']
  }
