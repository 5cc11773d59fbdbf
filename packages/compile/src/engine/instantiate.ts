import { UnsupportedError } from '@variate/core'
import { sizeOf } from '../graph/node.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { ModuleData, Place } from './moduleData.ts'

export type View = Float32Array | Float64Array | Int32Array

/** A module that can be called. */
export interface Instance {
  /** The exported functions, by name. */
  readonly functions: Readonly<Record<string, (...args: number[]) => void>>
  readonly memory: WebAssembly.Memory
  readonly module: WebAssembly.Module
}

/**
 * A module with memory of its own, and the functions that it imports.
 *
 * @throws UnsupportedError where there is not so much memory.
 */
export function instantiate(
  { code, pages, constants, threads }: ModuleData,
  imported: Readonly<Record<string, (...args: number[]) => unknown>>,
): Instance {
  const module = new WebAssembly.Module(code as BufferSource)
  const memory = memoryOf(pages, threads !== undefined)
  const imports = { env: { memory, ...imported } as WebAssembly.ModuleImports }
  const bytes = new Uint8Array(memory.buffer)
  for (const { address, bytes: own, count } of constants) {
    const end = address + own.length * count
    if (count > 0) bytes.set(own, address)
    // What is there is doubled until all is.
    for (let done = own.length; address + done < end; done *= 2) {
      bytes.copyWithin(address + done, address, Math.min(address + done, end - done))
    }
  }
  const { exports } = new WebAssembly.Instance(module, imports)
  return { functions: exports as Instance['functions'], memory, module }
}

function memoryOf(pages: number, isShared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory(
      isShared ? { initial: pages, maximum: pages, shared: true } : { initial: pages },
    )
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new UnsupportedError(
      `compile: ${Math.ceil(pages / 16)} MiB of memory for a program cannot be had: make its tensors smaller, or let go of other ` +
        'programs',
      { cause },
    )
  }
}

/** The arrays that hold tensors of a type: real numbers and truth values in the precision, whole ones as int32. */
export function arrayOf(
  precision: Precision,
  dtype: Place['dtype'],
): Float32ArrayConstructor | Float64ArrayConstructor | Int32ArrayConstructor {
  return dtype === 'int32' ? Int32Array : precision === 'float64' ? Float64Array : Float32Array
}

/** The elements of a tensor in memory. */
export function viewOf({ buffer }: WebAssembly.Memory, precision: Precision, place: Place): View {
  return new (arrayOf(precision, place.dtype))(buffer, place.address, sizeOf(place.shape))
}
