import type { View } from './instantiate.ts'

/** The bits of the NaN that every number that is none becomes: of NaNs WebAssembly leaves sign and payload open. */
const [NAN32, NAN64_HIGH] = [0x7fc00000, 0x7ff80000]

/** Gives NaNs, whose bits are the engine's choice, the same bits; in place. */
export function canonical<Data extends View>(data: Data): Data {
  if (data instanceof Int32Array) return data
  const words = new Int32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  for (let i = 0; i < data.length; i++) {
    if (data[i] === data[i]) continue
    if (data instanceof Float32Array) words[i] = NAN32
    else words.set([0, NAN64_HIGH], 2 * i)
  }
  return data
}
