import type { Tensor } from '@tensorflow/tfjs-core'
import { fill, stopGradient } from '@variate/core/ops'
import type { Kernel } from '@variate/core/internal'
import type { TraceBackend } from './traceBackend.ts'

type Save = (tensors: Tensor[]) => void

/** How the engine of TensorFlow.js is asked for a kernel, which has a name, or for a function with a gradient of its own. */
export interface EngineCall {
  readonly kernelName?: string
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly forwardFunc: (backend: TraceBackend, save: Save) => Tensor
  readonly backwardsFunc: (dy: Tensor, saved: readonly Tensor[]) => Readonly<Record<string, () => Tensor>>
}

/** The derivative with respect to input `index`, times `dy`, given the inputs. */
export type Slope = (index: number, dy: Tensor, inputs: readonly Tensor[]) => Tensor

/** Gives the first of its inputs, through which no gradient flows back; the others have those that `slope` tells. */
export const customGradientKernel: Kernel = {
  tfjs: ['Identity'],
  prepare: ([x]) => [x!],
  gradient: (index, dy, inputs, { slope }) =>
    index === 0 ? fill(inputs[0]!.shape, 0) : (slope as Slope)(index, dy, inputs),
}

/**
 * The call of a function of `tf.customGrad`, with that gradient in the graph as well: a node that gives what the function
 * gives, through which no gradient flows back, and whose other inputs have those that the function tells.
 */
export function withCustomGradient(call: EngineCall): EngineCall {
  if (call.kernelName !== undefined) return call
  const forwardFunc: EngineCall['forwardFunc'] = (trace, save) => {
    const names = Object.keys(call.inputs)
    let saved: Tensor[] = []
    const y = call.forwardFunc(trace, (tensors) => {
      saved = tensors
      save(tensors)
    })
    // The tensors themselves are gone when the gradient is taken.
    const nodes = saved.map((x) => trace.nodeOf(x))
    const slope: Slope = (index, dy) => {
      const slopes = call.backwardsFunc(
        dy,
        nodes.map((node) => trace.tensorOf(node)),
      )
      return slopes[names[index - 1]!]!()
    }
    const value = stopGradient(y)
    if (names.length === 0) return value
    const inputs = [value, ...Object.values(call.inputs)].map((x) => trace.nodeOf(x))
    const { shape, dtype } = inputs[0]!
    const attributes = { serial: trace.graph.nodes.length, slope }
    const kernel = customGradientKernel
    return trace.tensorOf(trace.graph.add({ op: 'customGradient', inputs, attributes, shape, dtype, kernel }))
  }
  return { ...call, forwardFunc }
}
