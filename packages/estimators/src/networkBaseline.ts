import type { Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
import { DomainError, NdArray, key, random } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'
import {
  add,
  affine,
  broadcastTo,
  cast,
  concat,
  mean,
  reshape,
  square,
  stopGradient,
  sub,
  tanh,
} from '@variate/core/ops'
import { alongPlates } from './alongPlates.ts'
import type { Baseline } from './baseline.ts'
import { averageOf, checkDecay, meanIn, moved } from './movingAverage.ts'
import type { Factor, Input, Problem, Tree, Values } from './problem.ts'
import { tuned, tuningStart } from './tuning.ts'

export interface NetworkBaselineOptions {
  /** The observed sites and inputs that it reads; all, if not given. Of a factor it reads those that lie in no other plates. */
  readonly inputs?: readonly string[]
  /** How many units the hidden layer has; 16, if not given. */
  readonly hidden?: number
  /** The length of steps; 0.01, if not given. */
  readonly rate?: number
  /** How much of the running mean that it adds to is kept in a step, in [0, 1); 0.9, if not given. */
  readonly decay?: number
}

/**
 * A network of an element's data that learns what its cost will be, added to the running mean of the costs: neural variational
 * inference and learning. It has one layer of tanh units, so that data had better be of the order of 1, and is trained in each
 * step, by Adam, on the squared difference from the costs of its draws.
 *
 * @throws DomainError for options out of range; when it is paired with a model, for inputs that there are not.
 * @see Mnih and Gregor, Neural Variational Inference and Learning in Belief Networks (ICML 2014), section 2.3.
 *
 * @example
 * ```ts
 * import { networkBaseline, scoreFunction } from '@variate/estimators'
 *
 * scoreFunction({ baseline: networkBaseline({ inputs: ['x'], hidden: 32 }) }).isUnbiased // => true
 * networkBaseline({ hidden: 0 }) // => throws 'hidden must be a whole number ≥ 1'
 * ```
 */
export function networkBaseline(options: NetworkBaselineOptions = {}): Baseline {
  const { inputs, hidden = 16, rate = 0.01, decay = 0.9 } = options
  if (!Number.isInteger(hidden) || hidden < 1)
    throw new DomainError(`networkBaseline: hidden must be a whole number ≥ 1, got ${shown(hidden)}`)
  if (!(rate > 0)) throw new DomainError(`networkBaseline: rate must be > 0, got ${shown(rate)}`)
  checkDecay('networkBaseline', decay)
  const readBy = (factor: Factor, all: readonly Input[]): readonly Input[] =>
    all.filter(
      ({ name, plates }) =>
        (inputs?.includes(name) ?? true) && plates.every((plate) => factor.plates.includes(plate)),
    )
  return {
    name: 'networkBaseline',
    leastParticles: 1,
    init: (factor, outline, shape) => {
      checkInputs(inputs, outline.inputs ?? [])
      const width = readBy(factor, outline.inputs ?? []).reduce(
        (total, input) => total + sizeOf(input.shape),
        0,
      )
      const weights = startOf(width, hidden)
      return { average: averageOf(factor, shape), weights, optimizer: tuningStart(weights) }
    },
    of: ({ problem, factor, state }) => {
      const predicted = predict(
        state['weights'] as Values,
        problem,
        factor,
        readBy(factor, problem.inputs ?? []),
      )
      return add(meanIn(state['average'] as Tree), predicted)
    },
    next: ({ problem, factor, costs, state }) => {
      const average = state['average'] as Tree
      const weights = state['weights'] as Values
      const names = Object.keys(weights)
      const left = stopGradient(sub(costs, meanIn(average)))
      const { grads } = valueAndGrad((...own: readonly Tensor[]) => {
        const now = Object.fromEntries(names.map((name, at) => [name, own[at]!]))
        return mean(square(sub(left, predict(now, problem, factor, readBy(factor, problem.inputs ?? [])))))
      })(...names.map((name) => weights[name]!))
      const gradients = Object.fromEntries(names.map((name, at) => [name, grads[at]!]))
      return {
        average: moved(average, costs, decay),
        ...tuned(weights, gradients, state['optimizer'] as Tree, rate),
      }
    },
  }
}

/** The baseline begins with 0: the weights of the hidden layer are draws of a key of their own, and those of the output are 0. */
function startOf(width: number, hidden: number): Readonly<Record<string, NdArray<Float64Array>>> {
  const draws = random.normal(key(0), [hidden, width], { dtype: 'float64' })
  const zeros = (shape: readonly number[]) => new NdArray(new Float64Array(sizeOf(shape)), shape)
  return {
    inner: new NdArray(
      draws.data.map((x) => x / Math.sqrt(Math.max(width, 1))),
      [hidden, width],
    ),
    innerBias: zeros([hidden]),
    outer: zeros([1, hidden]),
    outerBias: zeros([1]),
  }
}

/** What the network gives for each element of a factor. */
function predict(weights: Values, problem: Problem, factor: Factor, inputs: readonly Input[]): Tensor {
  const lengths = factor.plates.map((plate) => problem.sizes.get(plate)!)
  const { inner, innerBias, outer, outerBias } = weights as Record<
    'inner' | 'innerBias' | 'outer' | 'outerBias',
    Tensor
  >
  if (inputs.length === 0)
    return reshape(
      outerBias,
      lengths.map(() => 1),
    )
  const rows = inputs.map(({ name, plates, shape }) => {
    const placed = alongPlates(cast(problem.data![name]!, 'float32'), plates, plates, factor.plates)
    return reshape(broadcastTo(placed, [...lengths, ...shape]), [sizeOf(lengths), sizeOf(shape)])
  })
  const features = rows.length === 1 ? rows[0]! : concat(rows, 1)
  return reshape(affine(outer, tanh(affine(inner, features, innerBias)), outerBias), lengths)
}

function checkInputs(asked: readonly string[] | undefined, known: readonly Input[]): void {
  const lost = asked?.find((name) => !known.some((input) => input.name === name))
  if (lost === undefined) return
  const names = known.map(({ name }) => `"${name}"`).join(', ')
  throw new DomainError(`networkBaseline: "${lost}" is no observed site or input: there are ${names}`)
}
