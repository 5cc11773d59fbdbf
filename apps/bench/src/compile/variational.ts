import type { Tensor } from '@tensorflow/tfjs-core'
import { key, ndarray } from '@variate/core'
import { add, drawNormal, exp, mean, mul, neg, reshape, square, sub, sum } from '@variate/core/ops'
import { batch, compile, loop, valueAndGrad } from '@variate/compile'
import { adam } from '../adam.ts'
import { HALF_LOG_TWO_PI, dataOf, drop } from './results.ts'
import type { Inputs, Numbers, Precision } from './numbers.ts'
import type { Task } from './task.ts'

const INITIAL_LOG_SCALE = Math.log(0.1)
const RATE = 0.01

interface Parameters<Of> {
  readonly loc: Of
  readonly logScale: Of
}

/** Parameters, and Adam's discounted sums of their gradients and of their squares. */
interface State<Of> {
  readonly parameters: Parameters<Of>
  readonly first: Parameters<Of>
  readonly second: Parameters<Of>
}

/** Work that climbs a bound. */
export interface VariationalTask extends Task {
  /** Its estimates in so many steps, in nats. */
  bounds(steps: number): readonly number[]
}

interface Problem {
  readonly inputs: Inputs
  readonly dimension: number
  readonly particles: number
  readonly precision: Precision
  /** How many threads its loops may run on: one, if not given. */
  readonly threads?: number
  /** log p(x, z), in nats, of unconstrained latents z [dimension], the data being what `inputs` names. */
  readonly logJoint: (z: Tensor, inputs: Readonly<Record<string, Tensor>>) => Tensor
}

/**
 * Stochastic variational inference with a mean-field guide, as NumPyro does it with AutoDiagonalNormal, Trace_ELBO and
 * Adam: a step draws noise, takes the gradient of −ELBO and returns −ELBO as its output. `inputs.noise`,
 * [steps, particles, dimension], takes the place of the draws where both sides must come to the same numbers.
 */
export function variational({
  inputs,
  dimension,
  particles,
  precision,
  threads = 1,
  logJoint,
}: Problem): VariationalTask {
  const { noise, ...data } = inputs
  const step = stepOf(logJoint, particles)
  const drawn = new Map<number, ReturnType<typeof drawing>>()
  const drawing = (count: number) =>
    compile(
      (state: State<Tensor>, given: Readonly<Record<string, Tensor>>) =>
        loop(
          (now: State<Tensor>, { key: own, index, inputs: seen }) =>
            step(now, drawNormal(own, [particles, dimension]), index, seen),
          { state, count, inputs: given, random: key(0), collect: { every: 1 } },
        ),
      { precision, threads },
    )
  const given = compile(
    (state: State<Tensor>, each: Tensor, seenData: Readonly<Record<string, Tensor>>) =>
      loop((now: State<Tensor>, { each: eps, index, inputs: seen }) => step(now, eps, index, seen), {
        state,
        count: noise!.shape[0]!,
        inputs: seenData,
        each,
        collect: { every: 1 },
      }),
    { precision, threads },
  )
  const start = startOf(dimension, precision)
  let called: readonly string[] = []
  const climb = (steps: number) => {
    let program = drawn.get(steps)
    if (!program) drawn.set(steps, (program = drawing(steps)))
    const result = program(start, data)
    ;({ called } = program.explain())
    return result
  }
  return {
    inputs,
    run: (steps) => drop(climb(steps)),
    bounds: (steps) => {
      const result = climb(steps)
      const bounds = dataOf(result.outputs).map((loss) => -loss)
      drop(result)
      return bounds
    },
    values: () => {
      const { state, outputs } = given(start, noise!, data)
      const { loc, logScale } = state.parameters
      return [outputs, loc, logScale].flatMap(dataOf)
    },
    called: () => called,
  }
}

function stepOf(logJoint: Problem['logJoint'], particles: number) {
  return (
    { parameters, first, second }: State<Tensor>,
    noise: Tensor,
    index: Tensor,
    data: Readonly<Record<string, Tensor>>,
  ) => {
    const loss = (loc: Tensor, logScale: Tensor): Tensor => {
      const scale = exp(logScale)
      const elbo = (eps: Tensor): Tensor => {
        const logGuide = neg(sum(add(add(mul(0.5, square(eps)), logScale), HALF_LOG_TWO_PI)))
        return sub(logJoint(add(loc, mul(scale, eps)), data), logGuide)
      }
      if (particles === 1) return neg(elbo(reshape(noise, loc.shape)))
      return neg(mean(batch(elbo)(noise)))
    }
    const { value, grads } = valueAndGrad(loss)(parameters.loc, parameters.logScale)
    const number = add(index, 1)
    const loc = adam(RATE, number, parameters.loc, grads[0], first.loc, second.loc)
    const logScale = adam(RATE, number, parameters.logScale, grads[1], first.logScale, second.logScale)
    const each = <Name extends keyof typeof loc>(name: Name) => ({ loc: loc[name], logScale: logScale[name] })
    return {
      state: { parameters: each('next'), first: each('first'), second: each('second') },
      outputs: value,
    }
  }
}

function startOf(dimension: number, precision: Precision): State<Numbers> {
  const filled = (value: number): Numbers =>
    ndarray(new (precision === 'float32' ? Float32Array : Float64Array)(dimension).fill(value), [dimension])
  const zeros = { loc: filled(0), logScale: filled(0) }
  return { parameters: { ...zeros, logScale: filled(INITIAL_LOG_SCALE) }, first: zeros, second: zeros }
}
