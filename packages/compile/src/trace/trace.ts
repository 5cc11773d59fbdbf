import type { Settings } from '../graph/settings.ts'
import { engine, tidy, type KernelBackend, type Tensor } from '@tensorflow/tfjs-core'
import type { TensorType } from '@variate/core/ops'
import { Graph } from '../graph/graph.ts'
import type { Node, Shape } from '../graph/node.ts'
import { withCustomGradient, type EngineCall } from './customGradient.ts'
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
 * What of tfjs's engine says which backend is in use, both set at once, which its `setBackend` cannot, what it runs
 * everything by, and how deep it is in gradients and kernels.
 */
interface EngineState {
  backendName: string
  backendInstance: KernelBackend
  runKernelFunc(call: EngineCall): unknown
  readonly state: { gradientDepth: number; kernelDepth: number; activeTape: unknown }
}

/** Records what `f` does with tensors of these shapes and types, and returns. */
export function trace(
  specs: readonly InputSpec[],
  f: (inputs: readonly Tensor[], backend: TraceBackend) => readonly Tensor[],
  settings?: Partial<Settings>,
): Traced {
  const graph = new Graph(settings)
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

/** Runs `f` on a backend that records, outside of whatever gradient or kernel is being computed. */
export function withBackend(backend: TraceBackend, f: () => void): void {
  registerKernels()
  const tfjs = engine() as unknown as EngineState
  const { backendName, backendInstance, runKernelFunc, state } = tfjs
  const { gradientDepth, kernelDepth, activeTape } = state
  try {
    tfjs.backendName = 'trace'
    tfjs.backendInstance = backend
    // A trace within a trace has this already.
    if (!(backendInstance instanceof TraceBackend)) {
      tfjs.runKernelFunc = (call) => runKernelFunc.call(tfjs, withCustomGradient(call))
    }
    Object.assign(state, { gradientDepth: 0, kernelDepth: 0, activeTape: null })
    f()
  } finally {
    Object.assign(state, { gradientDepth, kernelDepth, activeTape })
    tfjs.backendName = backendName
    tfjs.backendInstance = backendInstance
    tfjs.runKernelFunc = runKernelFunc
  }
}
