import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import {
  broadcastShapes,
  broadcastTo,
  constant,
  isTensor,
  isTracing,
  tidy,
  type AnyKey,
  type Real,
} from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Shape } from './distribution.ts'
import { own } from './own.ts'
import { checkTensorParameter, resolve, shapeOf, toParameter } from './parameter.ts'
import { withinSupport } from './withinSupport.ts'

/** Each parameter as it was given, and where it may lie. */
type Given<Name extends string> = Readonly<Record<Name, readonly [value: Numbers, constraint: Constraint]>>

/** The parameters as ops take them. */
export type Resolved<Name extends string> = Readonly<Record<Name, Real>>

/** What a distribution is, as formulas in ops. */
interface Formulas<Name extends string> {
  readonly support: Constraint
  readonly eventShape?: Shape
  readonly reparameterized?: true
  /** What parameters must be to each other: asked once, when their values are known. */
  readonly check?: (parameters: Readonly<Record<Name, Parameter>>) => void
  /** Draws of the whole shape [...sampleShape, ...batchShape, ...eventShape]. */
  readonly draw: (parameters: Resolved<Name>, key: AnyKey, shape: Shape) => Real
  /** The log density of what is in the support; elsewhere it is not asked. */
  readonly logProb: (parameters: Resolved<Name>, x: Tensor) => Real
}

/** Formulas of what only some distributions have; 0 and 1 at the ends of the support are the formula's to give. */
export interface OptionalFormulas<Name extends string> {
  readonly cdf: (parameters: Resolved<Name>, x: Tensor) => Real
  readonly icdf: (parameters: Resolved<Name>, probability: Tensor) => Real
  readonly mean: (parameters: Resolved<Name>) => Real
  readonly variance: (parameters: Resolved<Name>) => Real
  readonly entropy: (parameters: Resolved<Name>) => Real
  readonly enumerateSupport: (parameters: Resolved<Name>) => Real
}

type Defined<Name extends string, Has> = Omit<Distribution, 'parameters'> & {
  readonly parameters: Readonly<Record<Name, Parameter>>
} & Pick<Capabilities, keyof Has & keyof Capabilities> &
  Readonly<Record<Name, Parameter>> &
  Omit<Has, keyof Formulas<Name> | keyof Capabilities>

/**
 * A distribution made of its parameters and its formulas: parameters are checked and broadcast, values converted and
 * checked for shape, what is outside the support gets log probability −∞ and gradient 0, and tensors are tidied up.
 */
export function define<const Name extends string, const Has extends Partial<OptionalFormulas<Name>>>(
  name: string,
  given: Given<Name>,
  formulas: Formulas<Name> & Has,
): Defined<Name, Has & { readonly reparameterized: true }> {
  const names = Object.keys(given) as Name[]
  const parameters = Object.fromEntries(
    names.map((key) => [key, toParameter(given[key][0], given[key][1], `${name}: ${key}`)]),
  ) as Record<Name, Parameter>
  const { support, eventShape = [], check } = formulas
  const batchShape = broadcastShapes(
    names.map((key) => {
      const shape = shapeOf(parameters[key])
      return shape.slice(0, shape.length - given[key][1].eventRank)
    }),
    `${name}: parameters`,
  )

  const isPlain = !names.some((key) => isTensor(parameters[key]))
  if (isPlain) check?.(parameters)
  let isChecked = isPlain
  const resolved = (): Resolved<Name> => {
    if (!isChecked) {
      for (const key of names) checkTensorParameter(parameters[key], given[key][1], `${name}: ${key}`)
      if (!isTracing()) check?.(parameters)
      isChecked = true
    }
    return Object.fromEntries(names.map((key) => [key, resolve(parameters[key])])) as Record<Name, Real>
  }
  const fit = (x: Real, shape: Shape): Tensor => broadcastTo(constant(x), shape)
  const shapeWith = (x: Tensor, event: Shape): Shape => {
    const lead = x.rank - event.length
    const isEvent = lead >= 0 && event.every((length, axis) => x.shape[lead + axis] === length)
    if (!isEvent)
      throw new ShapeError(`${name}: a value must end in the event shape [${event}], got shape [${x.shape}]`)
    return broadcastShapes([x.shape.slice(0, lead), batchShape], `${name}: value and batch`)
  }
  const ofValue =
    (formula: (parameters: Resolved<Name>, x: Tensor) => Real, event: Shape) => (value: Numbers) =>
      tidy(() => {
        const x = constant(value)
        const shape = shapeWith(x, event)
        const p = resolved()
        return own(fit(formula(p, x), shape), [x, ...Object.values<Real>(p)])
      })
  const ofParameters = (formula: (parameters: Resolved<Name>) => Real, shape: Shape) => () =>
    tidy(() => {
      const p = resolved()
      return own(fit(formula(p), shape), Object.values<Real>(p))
    })

  const logProb = (p: Resolved<Name>, x: Tensor): Real =>
    withinSupport(support, eventShape, x, (inside) => formulas.logProb(p, inside))

  const {
    cdf,
    icdf,
    mean,
    variance,
    entropy,
    enumerateSupport,
    draw,
    check: __,
    logProb: _,
    ...rest
  } = formulas
  return Object.freeze({
    ...rest,
    ...parameters,
    name,
    batchShape,
    eventShape,
    parameters: Object.freeze(parameters),
    sample: (key: AnyKey, sampleShape: Shape = []) =>
      tidy(() => {
        const shape = [...sampleShape, ...batchShape, ...eventShape]
        return fit(draw(resolved(), key, shape), shape)
      }),
    logProb: ofValue(logProb, eventShape),
    ...(cdf && { cdf: ofValue(cdf, eventShape) }),
    ...(icdf && { icdf: ofValue(icdf, []) }),
    ...(mean && { mean: ofParameters(mean, [...batchShape, ...eventShape]) }),
    ...(variance && { variance: ofParameters(variance, [...batchShape, ...eventShape]) }),
    ...(entropy && { entropy: ofParameters(entropy, batchShape) }),
    ...(enumerateSupport && { enumerateSupport: () => tidy(() => constant(enumerateSupport(resolved()))) }),
  }) as never
}
