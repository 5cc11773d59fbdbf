import '@tensorflow/tfjs-backend-cpu'
import type { Benchmark } from '../benchmark.ts'
import { machine } from '../machine.ts'
import { GRAPHS, type Graph } from './graphs.ts'
import { chosen, measure, type Figures } from './measure.ts'

/** How much slower than the best the engine that is chosen may be. */
export const MOST = 1.5

/** The calls of a function that the choice reckons with. */
const CALLS = 1000

export interface Choice {
  readonly name: string
  readonly engine: 'wasm' | 'onnx'
  readonly measured: Readonly<Record<'wasm' | 'onnx', Figures>>
  readonly estimated: Readonly<Record<'wasm' | 'onnx', { readonly each: number; readonly total: number }>>
  /** What is chosen takes so many times what the best does. */
  readonly cost: number
}

/** What is chosen for a graph, and what each engine takes. */
export async function choiceFor(graph: Graph, milliseconds: number): Promise<Choice> {
  const { engine, estimates } = await chosen(graph)
  const measured = {
    wasm: await measure(graph, 'wasm', milliseconds),
    onnx: await measure(graph, 'onnx', milliseconds),
  }
  const count = 'count' in graph ? graph.count : CALLS
  const total = ({ first, each }: Figures): number => first + each * (count - 1)
  const [wasm, onnx] = [total(measured.wasm), total(measured.onnx)]
  const own = engine === 'onnx' ? onnx : wasm
  return {
    name: graph.name,
    engine: engine as 'wasm' | 'onnx',
    measured,
    estimated: estimates!,
    cost: own / Math.min(wasm, onnx),
  }
}

/** The choice of an engine against measurement. */
export const engines: Benchmark = {
  name: 'engines',
  about: "engine: 'auto' against what wasm and ONNX Runtime take",
  run: async ({ quick, status }) => {
    const choices: Choice[] = []
    for (const graph of GRAPHS) {
      status(graph.name)
      choices.push(await choiceFor(graph, quick ? 20 : 1500))
    }
    const ms = (x: number): string =>
      x < 0.01 ? `${(1000 * x).toPrecision(2)} µs` : `${x.toPrecision(3)} ms`
    return {
      title: 'The choice of an engine',
      header: ['graph', 'wasm', 'estimate', 'onnx', 'estimate', 'chosen', 'costs'],
      rows: choices.map(({ name, engine, measured, estimated, cost }) => [
        name,
        ms(measured.wasm.each),
        ms(estimated.wasm.each),
        ms(measured.onnx.each),
        ms(estimated.onnx.each),
        engine,
        `${cost.toFixed(2)}×`,
      ]),
      notes: [
        'Times are for a call or a step, the fastest of many; what is chosen costs so many times what the better of the two takes for a thousand calls, or all steps, with its start.',
        machine(),
      ],
      failures: quick
        ? []
        : choices
            .filter(({ cost }) => !(cost <= MOST))
            .map(
              ({ name, engine, cost }) =>
                `${name}: ${engine} costs ${cost.toFixed(2)} times the better engine`,
            ),
      record: { choices },
    }
  },
}
