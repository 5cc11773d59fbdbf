import { NdArray, random, type Key } from '@variate/core'

/**
 * Weights to begin with.
 *
 * @param area how many weights there are for each pair of an output and an input, the pixels of a filter; 1 if not given.
 * @returns of shape [outputs, area · inputs].
 */
export type Initializer = (key: Key, outputs: number, inputs: number, area?: number) => NdArray<Float32Array>

type Fans = readonly [fanIn: number, fanOut: number]

/** Normal of a variance that depends on how many numbers go in and out. */
function normalOf(variance: (...fans: Fans) => number): Initializer {
  return (key, outputs, inputs, area = 1) => {
    const scale = Math.sqrt(variance(area * inputs, area * outputs))
    return scaled(random.normal(key, [outputs, area * inputs]), (z) => scale * z)
  }
}

/** Uniform of a variance that depends on them: within ±√(3 · variance). */
function uniformOf(variance: (...fans: Fans) => number): Initializer {
  return (key, outputs, inputs, area = 1) => {
    const bound = Math.sqrt(3 * variance(area * inputs, area * outputs))
    return scaled(random.uniform(key, [outputs, area * inputs]), (u) => bound * (2 * u - 1))
  }
}

function scaled({ data, shape }: NdArray, f: (x: number) => number): NdArray<Float32Array> {
  return new NdArray(Float32Array.from(data, f), shape)
}

const glorot = (fanIn: number, fanOut: number): number => 2 / (fanIn + fanOut)

/**
 * Uniform within ±√(6/(inputs + outputs)), of variance 2/(inputs + outputs): Glorot and Bengio 2010, “Understanding the difficulty of
 * training deep networks”. Of convolutions each counts as often as a filter has pixels.
 */
export const glorotUniform: Initializer = /* @__PURE__ */ uniformOf(glorot)

/** Normal of variance 2/(inputs + outputs), as Glorot and Bengio 2010. */
export const glorotNormal: Initializer = /* @__PURE__ */ normalOf(glorot)

/** Normal of variance 2/inputs: He et al. 2015, “Delving deep into rectifiers”, for relu and its like. */
export const heNormal: Initializer = /* @__PURE__ */ normalOf((fanIn) => 2 / fanIn)

/** Uniform within ±√(6/inputs), of variance 2/inputs, as He et al. 2015. */
export const heUniform: Initializer = /* @__PURE__ */ uniformOf((fanIn) => 2 / fanIn)

/** Normal of variance 1/inputs: LeCun et al. 1998, “Efficient backprop”. */
export const lecunNormal: Initializer = /* @__PURE__ */ normalOf((fanIn) => 1 / fanIn)

/** Uniform within ±√(3/inputs), of variance 1/inputs, as LeCun et al. 1998. */
export const lecunUniform: Initializer = /* @__PURE__ */ uniformOf((fanIn) => 1 / fanIn)
