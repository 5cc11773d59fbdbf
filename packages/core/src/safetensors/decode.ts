import { FormatError } from '../errors.ts'
import { NdArray } from '../ndarray.ts'
import { parseHeader, type TensorEntry } from './parseHeader.ts'

export interface Decoded {
  /** The arrays by name. */
  readonly tensors: Readonly<Record<string, NdArray>>
  /** The texts that go with them; empty if there are none. */
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * The arrays in a safetensors file, which are copies: `bytes` may be reused. The whole file is checked
 * before an array is made.
 *
 * @throws FormatError for a file that was cut short or is none, saying what is wrong and where; also for an
 * element type that an `NdArray` cannot hold (float16, bfloat16, int64, …).
 */
export function decode(bytes: Uint8Array): Decoded {
  const { entries, metadata, dataStart } = parseHeader(bytes)
  checkOffsets(entries, bytes.length - dataStart, bytes.length)
  const tensors = entries.map(({ name, dtype, shape, begin, end }) => {
    // Node's Buffer is a Uint8Array whose own slice would be no copy, and share its memory with others.
    const elements = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end))
    return [name, new NdArray(new dtype.arrayType(elements.buffer), shape)] as const
  })
  return { tensors: Object.fromEntries(tensors), metadata }
}

/** The tensors must cover the data without overlap or gap, so that no byte hides from a reader. */
function checkOffsets(entries: readonly TensorEntry[], dataLength: number, fileLength: number): void {
  let position = 0
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== position) {
      const what = begin < position ? 'overlaps the one before it' : 'leaves a gap before it'
      throw new FormatError(
        `safetensors: tensor "${name}" ${what}: it begins at ${begin}, expected ${position}`,
      )
    }
    position = end
  }
  if (position > dataLength) {
    const promised = fileLength - dataLength + position
    throw new FormatError(
      `safetensors: the file was cut short: the header promises ${promised} bytes, got ${fileLength}`,
    )
  }
  if (position < dataLength) {
    throw new FormatError(`safetensors: ${dataLength - position} bytes follow the last tensor, expected none`)
  }
}
