import { Tensor } from '@tensorflow/tfjs-core'
import { compile, runLoop, type Explanation } from '@variate/compile'
import { key } from '@variate/core'
import type { Graph } from './graphs.ts'

export type Measured = 'wasm' | 'onnx'

/** What an engine took, in milliseconds. */
export interface Figures {
  /** To the first result. */
  readonly first: number
  /** For each that followed: the fastest, for others may have the machine meanwhile. */
  readonly each: number
}

/** How long a graph takes on an engine. */
export function measure(graph: Graph, engine: Measured, milliseconds: number): Promise<Figures> {
  return 'f' in graph ? ofCalls(graph, engine, milliseconds) : ofSteps(graph, engine, milliseconds)
}

/** What the choice of an engine is, and why. */
export async function chosen(graph: Graph): Promise<Explanation> {
  if ('f' in graph) {
    const f = compile(graph.f as never, { engine: 'auto' })
    disposeAll(await (f as (...x: never[]) => Promise<unknown>)(...(graph.args as never[])))
    const told = f.explain()
    await f.dispose()
    return told
  }
  const { explanation, state } = await runLoop(graph.step as never, {
    ...optionsOf(graph),
    signal: AbortSignal.abort(),
  })
  disposeAll(state)
  return explanation
}

async function ofCalls(
  { f, args }: Extract<Graph, { f: unknown }>,
  engine: Measured,
  most: number,
): Promise<Figures> {
  const start = performance.now()
  const compiled = engine === 'onnx' ? compile(f as never, { engine }) : compile(f as never, { engine })
  const call = async (): Promise<void> =>
    disposeAll(await (compiled as (...x: never[]) => unknown)(...(args as never[])))
  await call()
  const first = performance.now() - start
  let each = Infinity
  for (const begin = performance.now(); performance.now() - begin < most;) {
    const before = performance.now()
    await call()
    each = Math.min(each, performance.now() - before)
  }
  return { first, each }
}

async function ofSteps(
  graph: Extract<Graph, { step: unknown }>,
  engine: Measured,
  most: number,
): Promise<Figures> {
  const start = performance.now()
  const stop = new AbortController()
  let [first, each, last, at] = [0, Infinity, 0, 0]
  const { state } = await runLoop(graph.step as never, {
    ...optionsOf(graph),
    count: 2 ** 31 - 1,
    engine,
    signal: stop.signal,
    onProgress: ({ step }: { readonly step: number }) => {
      const now = performance.now()
      if (first === 0) first = now - start
      else each = Math.min(each, (now - last) / (step - at))
      last = now
      at = step
      if (now - start > first + most) stop.abort()
    },
  })
  disposeAll(state)
  return { first, each }
}

function optionsOf({ state, inputs, count }: Extract<Graph, { step: unknown }>) {
  return { state, count, random: key(0), ...(inputs && { inputs }) }
}

function disposeAll(x: unknown): void {
  if (x instanceof Tensor) x.dispose()
  else if (typeof x === 'object' && x !== null) for (const item of Object.values(x)) disposeAll(item)
}
