import { engine, type Tensor } from '@tensorflow/tfjs-core'
import { runKernel } from '@variate/core/internal'
import { fill, stopGradient } from '@variate/core/ops'
import type { Node } from '../graph/node.ts'
import { customGradientKernel, type Slope } from '../trace/customGradient.ts'
import { currentTrace } from '../trace/trace.ts'
import { backwardOf } from './backward.ts'
import { withAxis, type Batched } from './batched.ts'
import type { Replay } from './replay.ts'

/** A function with a gradient of its own, for all elements: the gradient is that of each element. */
export function customGradient(node: Node, inputs: readonly Batched[], replay: Replay): Batched {
  const outer = currentTrace()
  const isTaped = engine().isTapeOn()
  if (!outer && !isTaped) return inputs[0]!
  const { dy: slopeOfResult, slopes, needs, hasDraws } = backwardOf(node, replay.trace)
  const needed = replay.valuesOf(needs)
  const isBatched = hasDraws || [...inputs, ...needed].some((x) => x.isBatched)
  const whole = (x: Batched): Tensor => (isBatched ? withAxis(x, replay.size) : x.tensor)
  const [value, ...variables] = inputs.map(whole)
  // A tape saves tensors that are inputs; of a trace the tensors go, and their nodes stay.
  const saved = isTaped ? needed.map((x) => x.tensor) : []
  const nodes = isTaped ? [] : needed.map((x) => outer!.nodeOf(x.tensor))
  const slope: Slope = (index, dy, given) => {
    const of = slopes(index)
    if (!of) return fill(given[index]!.shape, 0)
    const known = needs.map((need, at): [Node, Batched] => {
      const tensor = isTaped ? given[inputs.length + at]! : outer!.tensorOf(nodes[at]!)
      return [need, { tensor, isBatched: needed[at]!.isBatched }]
    })
    const [dx] = replay.from(new Map([...known, [slopeOfResult, { tensor: dy, isBatched }]])).valuesOf([of])
    return whole(dx!)
  }
  const tensor = runKernel(
    'variate.customGradient',
    customGradientKernel,
    [stopGradient(value!), ...variables, ...saved],
    // As of a variable: no earlier one had this number.
    { serial: outer?.graph.nodes.length ?? 0, slope },
  )
  return { tensor, isBatched }
}
