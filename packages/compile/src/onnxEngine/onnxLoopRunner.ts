import { sizeOf, type Node } from '../graph/node.ts'
import type { Loop } from '../loop/loopNode.ts'
import type { AsyncLoopRunner } from '../loop/loopProgram.ts'
import type { OnnxModel } from '../onnx/modelOf.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { Cut } from './cutOf.ts'
import { given, roomOf, taken, typeIn } from './dataOf.ts'
import type { Feed } from './feedOf.ts'
import type { OnnxData, OnnxTensor, OnnxValues } from './runtime.ts'
import { runtimeError } from './runtimeError.ts'
import { scanRows, type ScanRows } from './scanRows.ts'
import type { Session } from './sessionOf.ts'

/** How long steps are run at once, in milliseconds: a call has a cost of its own, and hands over what is carried. */
const TURN = 100

/** What the rows of steps that are run at once take at most, in bytes. */
const MOST_BYTES = 64 * 2 ** 20

export interface OnnxLoopParts {
  readonly loop: Loop
  /** What else the model reads, which is the same in each step. */
  readonly captures: readonly Node[]
  readonly precision: Precision
  readonly cut: Cut
  /** What the model is given a row of for each step. */
  readonly scanned: readonly Node[]
  readonly model: OnnxModel
  readonly feed: Feed
  readonly session: Session
  /** Which of the loop's outputs results are, in the order in which they are asked for. */
  readonly asked: readonly number[]
  /** What the loop takes: what is carried at first, arrays that it has rows of, and what its steps read. */
  taken(inputs: readonly ArrayLike<number>[]): readonly OnnxData[]
}

/** A loop in a session: what is carried is in tensors that go from one call into the next. */
export function onnxLoopRunner(parts: OnnxLoopParts): AsyncLoopRunner {
  const { loop, captures, precision, cut, scanned, model, feed, session } = parts
  const { carried, slices, outputs } = loop
  const names = [...model.inputs]
  const stateNames = names.splice(0, carried.length)
  const captureNames = names.splice(0, captures.length)
  const rowNames = model.outputs.slice(carried.length)
  const tensor = ({ dtype, shape }: Node, data: OnnxData, rows: readonly number[] = []): OnnxTensor =>
    session.tensor(typeIn(dtype, precision), data, [...rows, ...shape])
  const tensorsOf = (data: readonly ArrayLike<number>[]): readonly OnnxTensor[] =>
    carried.map(({ input }, i) => tensor(input, given(typeIn(input.dtype, precision), data[i]!)))
  let collected: readonly OnnxData[] = []
  const rowBytes = [...scanned, ...outputs.map(({ node }) => node)].reduce(
    (sum, x) => sum + 8 * sizeOf(x.shape),
    0,
  )
  const most = Math.max(1, Math.floor(MOST_BYTES / Math.max(1, rowBytes)))
  let state: readonly OnnxTensor[] = []
  let captured: OnnxValues = {}
  let rows: ScanRows | undefined

  const go = async (from: number, to: number): Promise<void> => {
    const given = rows!.of(scanned, from, to - from)
    const results = await session.run({
      ...named(stateNames, state),
      ...captured,
      ...named(
        names,
        scanned.map((node, i) => tensor(node, given[i]!, [to - from])),
      ),
    })
    state = stateNames.map((_, i) => results[model.outputs[i]!]!)
    for (const [i, { node, every }] of outputs.entries()) {
      const { data } = results[rowNames[i]!]!
      keepRows(data, collected[i]!, sizeOf(node.shape), every, from, to)
    }
  }
  return {
    turn: TURN,
    begin: (inputs) => {
      collected = roomsFor(loop, precision)
      const all = parts.taken(inputs)
      const [first, last] = [carried.length, carried.length + slices.length]
      state = tensorsOf(all)
      const seen = new Map(loop.captures.map((node, i) => [node, all[last + i]!]))
      captured = named(
        captureNames,
        captures.map((node) => tensor(node, seen.get(node)!)),
      )
      for (const [node, data] of seen) if (feed.reads(node)) feed.set(node, data)
      rows = scanRows(loop, cut, feed, all.slice(first, last), precision)
    },
    run: async (from, to) => {
      for (let step = from; step < to; step += most) await go(step, Math.min(to, step + most))
    },
    state: () => state.map(({ data }) => taken(data, precision)),
    restore: (data) => {
      state = tensorsOf(data)
    },
    rows: (from, to) =>
      parts.asked.map((i) => {
        const size = sizeOf(outputs[i]!.node.shape)
        return taken(collected[i]!.slice(from * size, to * size), precision)
      }),
    dispose: () => session.release(),
  }
}

function named<T>(names: readonly string[], values: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]))
}

/** Room for what is collected. @throws UnsupportedError where there is not so much. */
function roomsFor({ outputs, count }: Loop, precision: Precision): readonly OnnxData[] {
  try {
    return outputs.map(({ node: { dtype, shape }, every }) =>
      roomOf(typeIn(dtype, precision), Math.floor(count / every) * sizeOf(shape)),
    )
  } catch (cause) {
    throw runtimeError(cause, 'be given room for what is collected')
  }
}

/** Keeps of the rows of steps those of every so many. */
function keepRows(
  rows: OnnxData,
  to: OnnxData,
  size: number,
  every: number,
  from: number,
  end: number,
): void {
  for (let step = from; step < end; step++) {
    if ((step + 1) % every !== 0) continue
    to.set(rows.subarray((step - from) * size, (step - from + 1) * size), Math.floor(step / every) * size)
  }
}
