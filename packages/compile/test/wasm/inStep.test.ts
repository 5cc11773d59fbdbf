import { expect, test } from 'vitest'
import { store } from '../../src/lower/routines/memory.ts'
import { functionBody } from '../../src/wasm/functionBody.ts'
import { inStep } from '../../src/wasm/inStep.ts'
import { lanes } from '../../src/wasm/lanes.ts'
import { whole, type Statement } from '../../src/wasm/statement.ts'
import type { Value } from '../../src/wasm/value.ts'
import { wasmModule } from '../../src/wasm/wasmModule.ts'

const l = lanes('float64', false)

/** What code stores in the first places, of numbers that lie from byte 64 on. */
function stored(statements: readonly Statement[], results: readonly Value[], given: readonly number[]) {
  const stores = results.map((x, i) => store(l, x, whole(0), 8 * i))
  const body = functionBody([...statements, ...stores])
  const bytes = wasmModule([], [{ name: 'run', parameters: [], results: [], body }], 1)
  const memory = new WebAssembly.Memory({ initial: 1 })
  const view = new Float64Array(memory.buffer)
  view.set(given, 8)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), {
    env: { memory },
  })
  ;(exports as { run(): void }).run()
  return [...view.subarray(0, results.length)]
}

const given = [2, 3, 5, 7]
const common = l.mul(l.load(whole(64), 24), l.constant(10))
/** x² + 70·x, and x − x², in which the square is one value. */
const computed = (i: number): readonly Value[] => {
  const x = l.load(whole(64), 8 * i)
  const square = l.mul(x, x)
  return [l.add(square, l.mul(common, x)), l.sub(x, square)]
}
const expected = given.slice(0, 3).flatMap((x) => [x * x + 70 * x, x - x * x])

test('computations in step give what they give one after the other', () => {
  const { statements, results } = inStep([computed(0), computed(1), computed(2)])
  expect(stored(statements, results.flat(), given)).toEqual(expected)
  expect(stored([], [0, 1, 2].flatMap(computed), given)).toEqual(expected)
})

test('each operation is done for all before the next, in as few variables as there are numbers at a time', () => {
  const { statements } = inStep([computed(0), computed(1), computed(2)])
  // A load, the square, its product with what is common, their sum, and the difference; what is common is left alone.
  expect(statements).toHaveLength(5 * 3)
  expect(new Set(statements.map(({ variable }) => variable)).size).toBe(3 * 3)
  const codes = statements.map(({ to }) => to.code[0])
  for (let i = 0; i < codes.length; i += 3) expect(new Set(codes.slice(i, i + 3)).size).toBe(1)
})

test('one computation, and those of several forms, are left as they are', () => {
  const forms = [[l.add(l.constant(1), l.constant(2))], [l.constant(4)]]
  expect(inStep(forms)).toEqual({ statements: [], results: forms })
  const x = l.neg(l.load(whole(64), 0))
  const y = [1, 2].map((i) => l.neg(l.load(whole(64), 8 * i)))
  // What is one value in the first is two in the second.
  const shared = [[l.add(x, x)], [l.add(y[0]!, y[1]!)]]
  expect(inStep(shared).statements).toEqual([])
  expect(inStep([computed(0)]).statements).toEqual([])
})
