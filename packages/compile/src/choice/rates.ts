import type { Work } from './work.ts'

/** What an engine takes, in nanoseconds. */
export interface Rates {
  /** For a multiplication of a product of matrices. */
  readonly product: number
  /** And of one with few rows or columns. */
  readonly thin: number
  /** And of a convolution. */
  readonly convolved: number
  /** For an element of a simple operation, and of one of many instructions. */
  readonly light: number
  readonly heavy: number
  /** For a number that is drawn. */
  readonly draw: number
  /** For an operation, whatever its size. */
  readonly operation: number
  /** For a call, whatever it computes. */
  readonly call: number
  /** To be made ready, and for each of its operations. */
  readonly start: number
  readonly startOperation: number
}

/**
 * By `npm run bench -- engines`, and the profile that ONNX Runtime makes of a training step, in float32, on two cores of a server
 * processor with AVX-512, Node 20 and ONNX Runtime 1.30.
 * What matters is how engines compare, which differs less between machines than what they take.
 */
export const RATES: Readonly<Record<'wasm' | 'onnx' | 'eager', Rates>> = {
  wasm: {
    product: 0.08,
    thin: 0.15,
    convolved: 0.08,
    light: 0.35,
    heavy: 1.6,
    draw: 12,
    operation: 10,
    call: 4000,
    start: 8e6,
    startOperation: 4e4,
  },
  onnx: {
    product: 0.01,
    thin: 0.4,
    convolved: 0.03,
    light: 0.25,
    heavy: 0.7,
    draw: 150,
    operation: 700,
    call: 4e4,
    start: 1.5e8,
    startOperation: 2e5,
  },
  eager: {
    product: 1,
    thin: 1,
    convolved: 1,
    light: 4,
    heavy: 12,
    draw: 400,
    operation: 1.5e4,
    call: 1e4,
    start: 0,
    startOperation: 0,
  },
}

/** How long an engine takes for work, in nanoseconds. */
export function timeOf(
  rates: Rates,
  { products, thin, convolved, light, heavy, draws, operations }: Work,
): number {
  return (
    products * rates.product +
    thin * rates.thin +
    convolved * rates.convolved +
    light * rates.light +
    heavy * rates.heavy +
    draws * rates.draw +
    operations * rates.operation
  )
}
