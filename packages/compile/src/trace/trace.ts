import { engine, tidy, type KernelBackend, type Tensor } from '@tensorflow/tfjs-core'
import type { TensorType } from '@variate/core/ops'
import { Graph } from '../graph/graph.ts'
import type { Node, Shape } from '../graph/node.ts'
import { withCustomGradient, type EngineCall } from './customGradient.ts'
import type { Precision } from '../wasm/lanes.ts'
import { registerKernels } from './registerKernels.ts'
import { TraceBackend } from './traceBackend.ts'

export interface InputSpec {
  readonly shape: Shape
  readonly dtype: TensorType
}

export interface Traced {
  readonly graph: Graph
  readonly inputs: readonly Node[]
  readonly outputs: readonly Node[]
}

/**
 * What of tfjs's engine says which backend is in use, both set at once, which its `setBackend` cannot, and what it runs
 * everything by.
 */
interface EngineState {
  backendName: string
  backendInstance: KernelBackend
  runKernelFunc(call: EngineCall): unknown
}

/** Records what `f` does with tensors of these shapes and types, and returns. */
export function trace(
  specs: readonly InputSpec[],
  f: (inputs: readonly Tensor[], backend: TraceBackend) => readonly Tensor[],
  precision: Precision = 'float32',
): Traced {
  registerKernels()
  const graph = new Graph(precision)
  const backend = new TraceBackend(graph)
  const inputs = specs.map(({ shape, dtype }, index) =>
    graph.add({ op: 'input', inputs: [], attributes: { index }, shape, dtype }),
  )
  const outputs: Node[] = []
  withBackend(backend, () =>
    tidy(() => {
      const given = inputs.map((node) => backend.tensorOf(node))
      for (const x of f(given, backend)) outputs.push(backend.nodeOf(x))
    }),
  )
  return { graph, inputs, outputs }
}

/** The trace that records what is going on, if one does. */
export function currentTrace(): TraceBackend | undefined {
  const { backendInstance } = engine() as unknown as EngineState
  return backendInstance instanceof TraceBackend ? backendInstance : undefined
}

function withBackend(backend: TraceBackend, f: () => void): void {
  const state = engine() as unknown as EngineState
  const { backendName, backendInstance, runKernelFunc } = state
  try {
    state.backendName = 'trace'
    state.backendInstance = backend
    state.runKernelFunc = (call) => runKernelFunc.call(state, withCustomGradient(call))
    f()
  } finally {
    state.backendName = backendName
    state.backendInstance = backendInstance
    state.runKernelFunc = runKernelFunc
  }
}
