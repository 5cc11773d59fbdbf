import { foldIn, key, NdArray, random } from '@variate/core'
import type { Sizes } from './sizes.ts'

/**
 * Pixels to hidden units, these to the code's means and log deviations, latents to hidden units, these to logits of pixels: of each
 * layer the weights, [from, to], and what is added, [to].
 */
export const PARAMETERS = [
  'encoder',
  'encoderBias',
  'code',
  'codeBias',
  'decoder',
  'decoderBias',
  'image',
  'imageBias',
] as const

export type Parameters<Of> = Readonly<Record<(typeof PARAMETERS)[number], Of>>

/** What a step carries: parameters, and Adam's discounted sums of their gradients and of their squares. */
export interface State<Of> {
  readonly parameters: Parameters<Of>
  readonly first: Parameters<Of>
  readonly second: Parameters<Of>
}

type Plain = NdArray<Float32Array>

/** What is made for each of the parameters. */
export function forEach<Of>(of: (name: (typeof PARAMETERS)[number], number: number) => Of): Parameters<Of> {
  return Object.fromEntries(PARAMETERS.map((name, i) => [name, of(name, i)])) as Parameters<Of>
}

/** Parameters uniform in ±1/√from, as those of PyTorch's `nn.Linear` begin, and no gradients seen. */
export function startOf({ pixels, hidden, latents }: Sizes, seed: number): State<Plain> {
  const layers = [
    [pixels, hidden],
    [hidden, 2 * latents],
    [latents, hidden],
    [hidden, pixels],
  ] as const
  const shapes = layers.flatMap(([from, to]) => [[from, to], [to]])
  const zeros = forEach((_, i): Plain => {
    const size = shapes[i]!.reduce((a, b) => a * b)
    return new NdArray(new Float32Array(size), shapes[i]!)
  })
  const parameters = forEach((_, i): Plain => {
    const bound = 1 / Math.sqrt(layers[Math.floor(i / 2)]![0])
    const uniform = random.uniform(foldIn(key(seed), i), shapes[i]!).data
    return new NdArray(
      Float32Array.from(uniform, (u) => bound * (2 * u - 1)),
      shapes[i]!,
    )
  })
  return { parameters, first: zeros, second: zeros }
}
