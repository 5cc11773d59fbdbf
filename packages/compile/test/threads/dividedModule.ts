import { Functions } from '../../src/engine/functions.ts'
import { instantiate } from '../../src/engine/instantiate.ts'
import type { ModuleData } from '../../src/engine/moduleData.ts'
import { Regions } from '../../src/engine/threads/regions.ts'
import { threaded } from '../../src/engine/threads/threaded.ts'
import { isNot } from '../../src/engine/threads/words.ts'
import { int32At, plus, times } from '../../src/lower/routines/integers.ts'
import { when } from '../../src/lower/routines/when.ts'
import { atomicAdd } from '../../src/wasm/atomics.ts'
import { exported } from '../../src/wasm/exported.ts'
import { repeat, variable, whole } from '../../src/wasm/statement.ts'
import { I32, value } from '../../src/wasm/value.ts'
import { wasmModule } from '../../src/wasm/wasmModule.ts'

/** A module whose parts say that they were done. */
export interface Divided {
  run(): void
  /** How often each part was done, and by which thread at last: 0 is who calls. */
  readonly times: Int32Array
  readonly threads: Int32Array
  /** Whether parts fail that fail at all: 1 at first, and 0 if they do not. */
  readonly fails: Int32Array
}

/** Whose parts fail: those of the thread that calls, or of all others. */
export type Failing = 'caller' | 'helpers'

/** Where it is told whether to fail, where it says so, and what it counts to in each part, which takes some 50 µs. */
const [FAILS, TIMES, THREADS, TURNS] = [256, 1024, 4096, 50_000]

/**
 * A module with one region of so many parts, as plain data.
 *
 * @param failing whose parts fail, after they are done.
 */
export function dividedData(parts: number, count: number, failing?: Failing): ModuleData {
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
  const isHelper = isNot(own, 0)
  const isFailing = failing === 'caller' ? value(I32, [0x45], [isHelper]) : isHelper
  const broken = when(value(I32, [0x71], [isFailing, int32At(FAILS)]), [{ code: [0x00], args: [] }])
  const call = functions.define(
    [
      repeat(index, 0, TURNS, 1, [{ variable: kept, to: atomicAdd(plus(place, 512), whole(1)) }]),
      { variable: kept, to: atomicAdd(plus(place, TIMES), whole(1)) },
      { code: [0x36, 2, 0], args: [plus(place, THREADS), own] },
      ...(failing ? broken : []),
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
  const fails = new Int32Array(memory.buffer, FAILS, 1).fill(1)
  return {
    fails,
    run: functions['run']!,
    times: new Int32Array(memory.buffer, TIMES, parts),
    threads: new Int32Array(memory.buffer, THREADS, parts),
  }
}
