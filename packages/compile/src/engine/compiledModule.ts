import { UnsupportedError } from '@variate/core'
import type { Explanation, ProgramPiece } from '../compiled/explain.ts'
import type { Node } from '../graph/node.ts'
import type { PassCount } from '../graph/passes.ts'
import type { Settings } from '../graph/settings.ts'
import type { Target } from '../lower/target.ts'
import { VECTOR_BYTES } from '../lower/aligned.ts'
import { lowerProgram } from '../lower/lowerProgram.ts'
import { fastLanes } from '../wasm/fastLanes.ts'
import { unsigned } from '../wasm/encode.ts'
import { exported } from '../wasm/exported.ts'
import { lanes, type Lanes } from '../wasm/lanes.ts'
import { variable, type Statement, type Variable } from '../wasm/statement.ts'
import { hasRelaxedSimd } from '../wasm/relaxed.ts'
import { F64, I32, value } from '../wasm/value.ts'
import { wasmModule } from '../wasm/wasmModule.ts'
import { Calls } from './calls.ts'
import { inTurn, Regions } from './threads/regions.ts'
import { threaded } from './threads/threaded.ts'
import { ONE } from './threads/threadsFor.ts'
import { whyOne } from './threads/whyOne.ts'
import { checkExact } from './checkExact.ts'
import { constantIn } from './constantIn.ts'
import { Functions } from './functions.ts'
import { instantiate, viewOf, type Instance } from './instantiate.ts'
import { Layout } from './layout.ts'
import type { ModuleData, Place } from './moduleData.ts'
import { Rooms } from './rooms.ts'

const PAGE = 65_536
/** Of addresses that are no negative int32, as loops compare them. */
const MOST_PAGES = 32_768

/** A function that a module exports. */
export interface Exported {
  readonly name: string
  readonly parameters?: readonly Variable[]
  readonly statements: readonly Statement[]
}

export interface CompiledModule {
  readonly data: ModuleData
  /** Made when it is first asked for: of a module that runs elsewhere there is none here. */
  readonly instance: Instance
  readonly explanation: Pick<
    Explanation,
    'engine' | 'pieces' | 'called' | 'codeBytes' | 'memoryBytes' | 'threads'
  >
  /** What passes made of its parts. */
  readonly counts: readonly PassCount[]
  /** Where a node lies. */
  place(node: Node): Place
}

/**
 * Code as a WebAssembly module with memory of its own, in which some nodes have their places in any case.
 *
 * @param settings the precision, what the code goes through, and whether its last bits may be others or are fixed.
 * @throws UnsupportedError for more memory than there are addresses; if results are to be the same bits in every engine, for
 *   operations that are called of which they are not.
 */
export function compiledModule(
  { precision, passes, fastMath, reproducible, threads = ONE }: Settings,
  placed: readonly Node[],
  code: (target: Target) => readonly Exported[],
): CompiledModule {
  const arithmetic = (isVector: boolean): Lanes => {
    const l = lanes(precision, isVector)
    return fastMath ? fastLanes(l, hasRelaxedSimd()) : l
  }
  const layout = new Layout(lanes(precision, false))
  const calls = new Calls(precision, (node) => {
    const place = layout.place(node)
    return () => viewOf(instance().memory, precision, place)
  })
  const rooms = new Rooms((bytes) => layout.room(bytes))
  const functions = new Functions(
    () => calls.imported.length,
    (table) => layout.address(table),
  )
  const regions = new Regions(
    (body, parameters) => functions.define(body, parameters),
    (bytes) => layout.room(bytes),
  )
  const pieces: ProgramPiece[] = []
  const counts: PassCount[] = []
  const target: Target = {
    lanes: arithmetic(false),
    vectors: arithmetic(true),
    address: (node) => layout.address(node),
    bytesOf: layout.bytesOf,
    room: (bytes) => rooms.take(bytes),
    freeRoom: () => passes.reuse && rooms.free(),
    isKept: (node) => layout.isKept(node),
    keep: (node) => layout.keep(node),
    share: (lifetimes) => layout.share(lifetimes),
    callOf: (node, args) =>
      functions.callOf(node.op, args) ?? value(F64, [0x10, ...unsigned(calls.functionOf(node))], args),
    kernelOf: (node, isRare) => calls.kernelOf(node, isRare),
    canLieAt: (node, of) => layout.canLieAt(node, of),
    alias: (node, of) => layout.alias(node, of),
    takeOver: (node, of) => layout.takeOver(node, of),
    moveOut: (nodes) => layout.moveOut(nodes),
    tell: (piece) => pieces.push(piece),
    lowered: (nodes, outputs, given, moves = new Map()) =>
      lowerProgram(nodes, outputs, target, passes, given, moves),
    count: (own) => counts.push(...own),
    define: (body, parameters) => functions.define(body, parameters),
    threads: threads.count,
    region: (parts, body) => {
      const part = variable(I32)
      const call = functions.define(body(part.get), [part])
      return threads.count > 1 ? regions.add(parts, call, part) : [inTurn(parts, call, part)]
    },
  }
  const own = code(target)
  if (reproducible) checkExact(calls.ops)
  for (const node of placed) layout.address(node)
  const apart = layout.bytes + layout.saved + rooms.saved
  counts.push({ pass: 'reuse', before: apart, after: layout.bytes })
  // Vectors that begin in a tensor may be read, also where they end behind it.
  const pages = Math.ceil((layout.bytes + VECTOR_BYTES) / PAGE)
  if (pages > MOST_PAGES) {
    throw new UnsupportedError(
      `compile: tensors take ${(layout.bytes / 2 ** 30).toFixed(1)} GiB, a program has 2: make them smaller, or collect less often`,
    )
  }
  const isDivided = regions.count > 0
  const isMemoryShared = isDivided && calls.ops.length === 0
  const thread = variable(I32)
  const help = { name: 'help', parameters: [thread], statements: isDivided ? regions.helping(thread) : [] }
  const defined = [...own, ...(isMemoryShared ? [help] : [])].map(({ name, statements, parameters }) =>
    exported(name, statements, parameters),
  )
  const shared = threads.count > 1 ? { isMemoryShared } : undefined
  const bytes = wasmModule(calls.imported, [...functions.bodies(), ...defined], pages, shared)
  // Those that code holds have no place in memory.
  const constants = layout
    .nodes()
    .flatMap((node) => (node.op === 'constant' ? constantIn(layout.place(node), node, precision) : []))
  const data: ModuleData = {
    precision,
    reproducible,
    code: bytes,
    pages,
    constants,
    rescues: calls.rescues,
    ...(isMemoryShared ? { threads: { count: threads.count, board: regions.board } } : {}),
  }
  let made: Instance | undefined
  const instance = (): Instance => (made ??= threaded(instantiate(data, calls.functions), data))
  return {
    data,
    get instance() {
      return instance()
    },
    explanation: {
      engine: 'wasm',
      called: calls.ops,
      pieces,
      codeBytes: bytes.length,
      memoryBytes: layout.bytes,
      threads: isMemoryShared ? threads : { count: 1, reason: whyOne(threads, regions.count, calls.ops) },
    },
    counts,
    place: (node) => layout.place(node),
  }
}
