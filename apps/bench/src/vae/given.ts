import { foldIn, key, NdArray, random } from '@variate/core'
import type { Sizes } from './sizes.ts'

/** Images of 0 and 1 and noise for so many steps, that both sides may be given. */
export interface Given {
  /** [steps, batch, pixels]. */
  readonly pixels: NdArray<Float32Array>
  /** [steps, batch, latents]. */
  readonly noise: NdArray<Float32Array>
}

/** The images in their order, again and again, a pixel being 1 with its brightness as probability. */
export function givenFor(
  { batch, pixels, latents }: Sizes,
  images: NdArray<Float32Array>,
  steps: number,
): Given {
  const own = key(7)
  const shape = [steps, batch, pixels]
  const uniform = random.uniform(foldIn(own, 0), shape).data
  return {
    pixels: new NdArray(
      Float32Array.from(uniform, (u, i) => (u < images.data[i % images.data.length]! ? 1 : 0)),
      shape,
    ),
    noise: random.normal(foldIn(own, 1), [steps, batch, latents]),
  }
}
