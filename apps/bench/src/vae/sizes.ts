/** How large an autoencoder is, and its data. */
export interface Sizes {
  readonly images: number
  readonly pixels: number
  /** Units of the hidden layer of the encoder, and of the decoder. */
  readonly hidden: number
  readonly latents: number
  /** Images in a step. */
  readonly batch: number
}

/** What is measured. */
export const FULL: Sizes = { images: 9000, pixels: 784, hidden: 400, latents: 20, batch: 128 }

/** Small enough for TensorFlow.js operation by operation: images pooled to 7 × 7. */
export const SMALL: Sizes = { images: 90, pixels: 49, hidden: 12, latents: 3, batch: 16 }
