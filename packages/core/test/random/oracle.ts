import { readFileSync } from 'node:fs'

/** What `generate-random.py` wrote: numbers are base64 of little-endian bytes. */
interface Oracle {
  readonly draws: number
  readonly seeds: readonly SeedOracle[]
  readonly intervals: readonly {
    readonly low: number
    readonly high: number
    readonly uniform32: string
    readonly uniform64: string
  }[]
  readonly permutations: readonly { readonly seed: number; readonly n: number; readonly indices: string }[]
  readonly normals: {
    readonly draws: number
    readonly every: number
    readonly normal32: string
    readonly normal64: string
    readonly largest: Record<'32' | '64', { readonly places: readonly number[]; readonly values: string }>
  }
  readonly shapes: { readonly scalar: number; readonly matrix: readonly (readonly number[])[] }
}

interface SeedOracle {
  readonly seed: number
  readonly key: readonly number[]
  readonly split: readonly number[]
  readonly split5: readonly number[]
  readonly foldIn: Readonly<Record<string, readonly number[]>>
  readonly bits: string
  readonly uniform32: string
  readonly uniform64: string
  readonly normal32: string
  readonly normal64: string
  readonly categorical32: string
  readonly categorical64: string
  readonly categoricalBatch: string
  readonly categoricalBatchOnce: string
}

export const oracle: Oracle = JSON.parse(
  readFileSync(new URL('../oracles/random.json', import.meta.url), 'utf8'),
) as Oracle

export function unpack<Data>(text: string, type: new (buffer: ArrayBuffer) => Data): Data {
  return new type(Uint8Array.from(Buffer.from(text, 'base64')).buffer)
}

/** The largest difference between two arrays of one length; Infinity if the lengths differ. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let largest = 0
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!))
  return largest
}
