import { functionBody } from '../../src/wasm/functionBody.ts'
import type { Formula } from '../../src/wasm/inDouble.ts'
import { lanes, type Precision } from '../../src/wasm/lanes.ts'
import { I32, value } from '../../src/wasm/value.ts'
import { wasmModule } from '../../src/wasm/wasmModule.ts'

export const PRECISIONS: readonly Precision[] = ['float32', 'float64']

/** Vectors are 16 bytes. */
const VECTOR = 16

/** A function of numbers written in instructions, run for each number. */
export function run(f: Formula, xs: readonly number[], precision: Precision, isVector: boolean): number[] {
  return runRows(
    f,
    xs.map((x) => [x]),
    precision,
    isVector,
  )
}

/** The same of several numbers, a row of them for each result. Rows that follow each other fill the lanes of a vector. */
function runRows(
  f: Formula,
  rows: readonly (readonly number[])[],
  precision: Precision,
  isVector: boolean,
): number[] {
  const l = lanes(precision, isVector)
  const at = value(I32, [0x41, 0])
  const store = isVector ? [0xfd, 0x0b, 0, 0] : [l.isDouble ? 0x39 : 0x38, 0, 0]
  const args = rows[0]!.map((_, i) => l.load(at, VECTOR * (i + 1)))
  const body = functionBody([{ code: store, args: [at, f(l, ...args)] }])
  const { memory, call } = instantiate(body)
  const view = l.isDouble ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer)
  const width = VECTOR / l.bytes
  const results: number[] = []
  for (let start = 0; start < rows.length; start += l.count) {
    for (let lane = 0; lane < l.count; lane++) {
      const row = rows[Math.min(start + lane, rows.length - 1)]!
      for (const [i, x] of row.entries()) view[width * (i + 1) + lane] = x
    }
    call()
    for (let lane = 0; lane < l.count && start + lane < rows.length; lane++) results.push(view[lane]!)
  }
  return results
}

/** The result of each row, for which vectors must give the bits that single numbers give. */
export function runBoth(
  f: Formula,
  rows: readonly (readonly number[])[],
  precision: Precision,
): readonly number[] {
  const [ones, vectors] = [false, true].map((isVector) => runRows(f, rows, precision, isVector))
  const differs = ones!.findIndex((y, i) => !Object.is(y, vectors![i]))
  if (differs < 0) return ones!
  throw new Error(`lanes differ at ${rows[differs]}: ${ones![differs]}, in a vector ${vectors![differs]}`)
}

/** A module of one function without parameters, on a page of memory. */
function instantiate(body: Uint8Array): { memory: WebAssembly.Memory; call: () => void } {
  const bytes = wasmModule([], [{ name: 'run', parameters: [], results: [], body }], 1)
  const memory = new WebAssembly.Memory({ initial: 1 })
  const module = new WebAssembly.Module(bytes as BufferSource)
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return { memory, call: exports['run'] as () => void }
}
