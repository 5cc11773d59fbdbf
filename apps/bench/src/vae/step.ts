import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cast, drawNormal, drawUniform, gather, less, splitKey } from '@variate/core/ops'
import { valueAndGrad, type StepContext } from '@variate/compile'
import { adam, type Moved } from '../adam.ts'
import { negativeElbo } from './negativeElbo.ts'
import { forEach, PARAMETERS, type State } from './parameters.ts'
import { shuffled } from './shuffled.ts'
import type { Sizes } from './sizes.ts'

const RATE = 1e-3

/** What every step sees: images [n, pixels], the brightness of each pixel from 0 to 1, and the key of their orders, int32 [2]. */
export interface Data<Of> {
  readonly images: Of
  readonly order: Of
}

export interface Climbed {
  readonly state: State<Tensor>
  /** −ELBO before the step, in nats. */
  readonly outputs: Tensor
}

/** A step that takes its images of the shuffled data, draws their pixels and the noise of the code, and climbs. */
export function stepOf({ images: size, batch, latents }: Sizes) {
  return (
    state: State<Tensor>,
    { key, index, inputs }: Pick<StepContext, 'key' | 'index'> & { readonly inputs: Data<Tensor> },
  ): Climbed => {
    const [ofPixels, ofNoise] = splitKey(key)
    const brightness = gather(inputs.images, shuffled(inputs.order, index, size, batch))
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
