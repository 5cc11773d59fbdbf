import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cast, drawNormal, drawUniform, gather, less, splitKey } from '@variate/core/ops'
import { valueAndGrad } from '@variate/compile'
import { adam, type Moved } from '../adam.ts'
import { negativeElbo } from './negativeElbo.ts'
import { forEach, PARAMETERS, type State } from './parameters.ts'
import type { Sizes } from './sizes.ts'

const RATE = 1e-3

/** What a step is given. */
export interface Data {
  readonly key: Tensor
  readonly index: Tensor
  /** The brightness of each pixel from 0 to 1, [n, pixels]. */
  readonly inputs: Tensor
  /** Which of the images it takes, int32 [batch]. */
  readonly each: Tensor
}

export interface Climbed {
  readonly state: State<Tensor>
  /** −ELBO before the step, in nats. */
  readonly outputs: Tensor
}

/** A step that takes its images of the shuffled data, draws their pixels and the noise of the code, and climbs. */
export function stepOf({ batch, latents }: Sizes) {
  return (state: State<Tensor>, { key, index, inputs, each }: Data): Climbed => {
    const [ofPixels, ofNoise] = splitKey(key)
    const brightness = gather(inputs, each)
    const pixels = cast(less(drawUniform(ofPixels!, brightness.shape), brightness), 'float32')
    return climb(state, index, pixels, drawNormal(ofNoise!, [batch, latents]))
  }
}

/** A step of Adam along the gradient of −ELBO, for pixels of 0 and 1 and noise that are given. */
export function climb(
  { parameters, first, second }: State<Tensor>,
  index: Tensor,
  pixels: Tensor,
  noise: Tensor,
): Climbed {
  const { value, grads } = valueAndGrad((...values: readonly Tensor[]) =>
    negativeElbo(
      forEach((_, i) => values[i]!),
      pixels,
      noise,
    ),
  )(...PARAMETERS.map((name) => parameters[name]))
  const number = add(index, 1)
  const moved = forEach((name, i) =>
    adam(RATE, number, parameters[name], grads[i]!, first[name], second[name]),
  )
  const part = (of: keyof Moved) => forEach((name) => moved[name][of])
  return {
    state: { parameters: part('next'), first: part('first'), second: part('second') },
    outputs: value,
  }
}
