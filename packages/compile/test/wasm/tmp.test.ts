import { expect, test } from 'vitest'
import { lanes, type Precision } from '../../src/wasm/lanes.ts'
import { FunctionBody } from '../../src/wasm/functionBody.ts'
import { wasmModule } from '../../src/wasm/wasmModule.ts'
import { I32, localGet } from '../../src/wasm/value.ts'
import { exp } from '../../src/wasm/maths/exp.ts'
import { log } from '../../src/wasm/maths/log.ts'
import { unsigned } from '../../src/wasm/encode.ts'
import type { Lanes } from '../../src/wasm/lanes.ts'
import type { Value } from '../../src/wasm/value.ts'

function run(f: (l: Lanes, x: Value) => Value, xs: number[], precision: Precision, isVector: boolean): number[] {
  const l = lanes(precision, isVector)
  const body = new FunctionBody(1)
  const at = localGet(0, I32)
  const y = f(l, l.load(at, 0))
  body.statement(isVector ? [0xfd, 0x0b, 0, 0] : [l.isDouble ? 0x39 : 0x38, 0, 0], [at, y])
  void unsigned
  const bytes = wasmModule([], [{ name: 'run', parameters: [I32], results: [], body: body.finish() }], 1)
  const memory = new WebAssembly.Memory({ initial: 1 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as never), { env: { memory } })
  const view = l.isDouble ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer)
  return xs.map((x) => { for (let i = 0; i < 4; i++) view[i] = x; (instance.exports['run'] as any)(0); return view[0]! })
}
function ulps(a: number, b: number, precision: Precision) {
  if (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b)) || a === b) return 0
  const u = precision === 'float32' ? Math.max(2 ** (Math.floor(Math.log2(Math.abs(b))) - 23), 2 ** -149) : Math.max(2 ** (Math.floor(Math.log2(Math.abs(b))) - 52), 2 ** -1074)
  return Math.abs(a - b) / u
}

import { expm1 } from '../../src/wasm/maths/exp.ts'
import { log1p } from '../../src/wasm/maths/log.ts'
import { sigmoid, softplus, tanh } from '../../src/wasm/maths/sigmoid.ts'
const F: any = { exp: [exp, Math.exp], expm1: [expm1, Math.expm1], log: [log, Math.log], log1p: [log1p, Math.log1p], tanh: [tanh, Math.tanh], sigmoid: [sigmoid, (x: number) => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))], softplus: [softplus, (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))] }
for (const name of Object.keys(F)) test(name, () => { for (const precision of ['float32', 'float64'] as const) for (const v of [false, true]) {
    const raw = [0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 1e-40, 1e-300, ...Array.from({ length: 3000 }, (_, i) => -750 + i * 0.5), ...Array.from({ length: 3000 }, (_, i) => -3 + i * 0.002), ...Array.from({ length: 3000 }, (_, i) => 10 ** (-12 + i * 0.01)), ...Array.from({ length: 3000 }, (_, i) => -(10 ** (-12 + i * 0.01))), ...Array.from({length: 3000}, (_, i) => -100 + i * .07)]
    const xs = precision === 'float32' ? raw.map(Math.fround) : raw
    const ys = run(F[name][0], xs, precision, v)
    let worst = 0, at = 0
    const bad: any[] = []
    xs.forEach((x, i) => { const t = F[name][1](x); const want = precision === 'float32' ? Math.fround(t) : t; if (!Number.isFinite(want) || want === 0) { if (!Object.is(ys[i], want)) bad.push([x, ys[i], want]); return } const u = ulps(ys[i]!, t, precision); if (u > worst || Number.isNaN(u)) { worst = u; at = x } })
    console.log(name, precision, v, worst, at, bad.slice(0, 5))
}})
