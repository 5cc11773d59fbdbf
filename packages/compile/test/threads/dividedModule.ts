import { Functions } from '../../src/engine/functions.ts'
import { instantiate } from '../../src/engine/instantiate.ts'
import type { ModuleData } from '../../src/engine/moduleData.ts'
import { Regions } from '../../src/engine/threads/regions.ts'
import { threaded } from '../../src/engine/threads/threaded.ts'
import { plus, times } from '../../src/lower/routines/integers.ts'
import { atomicAdd } from '../../src/wasm/atomics.ts'
import { exported } from '../../src/wasm/exported.ts'
import { repeat, variable, whole, type Statement } from '../../src/wasm/statement.ts'
import { I32, value } from '../../src/wasm/value.ts'
import { wasmModule } from '../../src/wasm/wasmModule.ts'

/** A module whose parts say that they were done. */
export interface Divided {
  run(): void
  /** How often each part was done, and by which thread at last: 0 is who calls. */
  readonly times: Int32Array
  readonly threads: Int32Array
}

/** Where it says so, and what it counts to in each part, which takes some 50 µs. */
const [TIMES, THREADS, TURNS] = [1024, 4096, 50_000]

/**
 * A module with one region of so many parts, as plain data.
 *
 * @param isBroken whether parts fail in threads other than the one that calls.
 */
export function dividedData(parts: number, count: number, isBroken = false): ModuleData {
  let end = 8192
  const functions = new Functions(
    () => 0,
    () => 0,
  )
  const regions = new Regions(
    (body, parameters) => functions.define(body, parameters),
    (bytes) => {
      const address = end
      end += bytes
      return address
    },
  )
  const [part, index, kept, thread] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const place = times(part.get, 4)
  const own = value(I32, [0x23, 0])
  const broken: Statement = {
    index: variable(I32),
    from: whole(0),
    to: own,
    step: 64,
    mayBeEmpty: true,
    body: [{ code: [0x00], args: [] }],
  }
  const call = functions.define(
    [
      ...(isBroken ? [broken] : []),
      repeat(index, 0, TURNS, 1, [{ variable: kept, to: atomicAdd(plus(place, 512), whole(1)) }]),
      { variable: kept, to: atomicAdd(plus(place, TIMES), whole(1)) },
      { code: [0x36, 2, 0], args: [plus(place, THREADS), own] },
    ],
    [part],
  )
  const run = exported('run', regions.add(parts, call, part))
  const help = exported('help', regions.helping(thread), [thread])
  return {
    precision: 'float32',
    reproducible: false,
    code: wasmModule([], [...functions.bodies(), run, help], 1, { isMemoryShared: true }),
    pages: 1,
    constants: [],
    rescues: {},
    threads: { count, board: regions.board },
  }
}

export function divided(data: ModuleData, parts: number): Divided {
  const { functions, memory } = threaded(instantiate(data, {}), data)
  return {
    run: functions['run']!,
    times: new Int32Array(memory.buffer, TIMES, parts),
    threads: new Int32Array(memory.buffer, THREADS, parts),
  }
}
