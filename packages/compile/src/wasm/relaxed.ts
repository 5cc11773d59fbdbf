import { functionBody } from './functionBody.ts'
import { vectorCode } from './instructions.ts'
import { V128, value } from './value.ts'
import { vectorOf } from './vectorOf.ts'
import { wasmModule } from './wasmModule.ts'

let isKnown: boolean | undefined

/** Whether the engine has relaxed SIMD, with vectors multiplied and added in one instruction. */
export function hasRelaxedSimd(): boolean {
  return (isKnown ??= WebAssembly.validate(probe() as BufferSource))
}

/** A module that is valid where there is such an instruction. */
function probe(): Uint8Array {
  const zero = vectorOf(Array<number>(16).fill(0))
  const fused = value(V128, vectorCode(0x105), [zero, zero, zero])
  const body = functionBody([{ code: [0x1a], args: [fused] }])
  return wasmModule([], [{ parameters: [], results: [], body }], 0)
}
