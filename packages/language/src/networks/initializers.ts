import { random, type Key, type NdArray } from '@variate/core'
import { NdArray as Plain } from '@variate/core'

/** Weights to begin with, [outputs, inputs]. */
export type Initializer = (key: Key, outputs: number, inputs: number) => NdArray<Float32Array>

/** Uniform within ±√(6/(inputs + outputs)): Glorot and Bengio 2010, “Understanding the difficulty of training deep networks”. */
export const glorotUniform: Initializer = (key, outputs, inputs) => {
  const bound = Math.sqrt(6 / (inputs + outputs))
  return scaled(random.uniform(key, [outputs, inputs]), (u) => bound * (2 * u - 1))
}

/** Normal of variance 2/inputs: He et al. 2015, “Delving deep into rectifiers”, for relu and its like. */
export const heNormal: Initializer = (key, outputs, inputs) =>
  scaled(random.normal(key, [outputs, inputs]), (z) => Math.sqrt(2 / inputs) * z)

/** Normal of variance 1/inputs: LeCun et al. 1998, “Efficient backprop”. */
export const lecunNormal: Initializer = (key, outputs, inputs) =>
  scaled(random.normal(key, [outputs, inputs]), (z) => Math.sqrt(1 / inputs) * z)

function scaled({ data, shape }: NdArray, f: (x: number) => number): NdArray<Float32Array> {
  return new Plain(Float32Array.from(data, f), shape)
}
