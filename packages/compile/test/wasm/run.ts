import { functionBody } from '../../src/wasm/functionBody.ts'
import { lanes, type Lanes, type Precision } from '../../src/wasm/lanes.ts'
import { I32, value, type Value } from '../../src/wasm/value.ts'
import { wasmModule } from '../../src/wasm/wasmModule.ts'

export const PRECISIONS: readonly Precision[] = ['float32', 'float64']

/** A function of numbers written in instructions, run for each number: in the first lane, and in all that are there. */
export function run(
  f: (l: Lanes, x: Value) => Value,
  xs: readonly number[],
  precision: Precision,
  isVector: boolean,
): readonly number[] {
  const l = lanes(precision, isVector)
  const at = value(I32, [0x41, 0])
  const store = isVector ? [0xfd, 0x0b, 0, 0] : [l.isDouble ? 0x39 : 0x38, 0, 0]
  const body = functionBody([{ code: store, args: [at, f(l, l.load(at, 0))] }])
  const bytes = wasmModule([], [{ name: 'run', parameters: [], results: [], body }], 1)
  const memory = new WebAssembly.Memory({ initial: 1 })
  const module = new WebAssembly.Module(bytes as BufferSource)
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const view = l.isDouble ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer)
  return xs.map((x) => {
    view.fill(x, 0, l.count)
    ;(exports['run'] as () => void)()
    const lane = view.slice(0, l.count)
    if (!lane.every((y) => Object.is(y, lane[0]))) throw new Error(`lanes differ at ${x}: ${lane}`)
    return lane[0]!
  })
}
