import type { JointBlock, MixtureData } from '../block.ts'
import type { Kernel } from '../kernel.ts'
import type { MixtureShape } from '../mixture.ts'
import { codeOf, type Code } from './codeOf.ts'
import { ORDERS } from './dividedPass.ts'
import { layoutOf, type Layout } from './layout.ts'
import { packWhitening } from './packWhitening.ts'
import { panelOf } from './panel.ts'
import { momentsOf } from './momentsOf.ts'

/** The most components that threads can share among them. */
const MOST_PARTS = 0xffff

/**
 * The kernel as WebAssembly with vectors of two numbers; undefined where the engine has none or may not make code, or what it
 * needs of memory is not to be had.
 *
 * @param threads how many threads go through all data together. What they compute are the bits of one.
 */
export function wasmKernel(shape: MixtureShape, threads = 1): Kernel | undefined {
  const layout = layoutOf(shape, shape.components > MOST_PARTS ? 1 : threads)
  const code = codeOf(layout)
  // There may be less memory that can be shared than other memory.
  if (code === undefined) return threads > 1 ? wasmKernel(shape) : undefined
  const { functions, memory } = code
  const { size } = layout
  const view = new Float64Array(memory.buffer)
  const panel = panelOf(layout, memory.buffer, 0)
  const { joint, max, total } = panel
  const block: JointBlock = { size, count: 0, start: 0, joint, max, total }
  let bytes = 0

  return {
    block,
    load(data, start) {
      Object.assign(block, { start, count: Math.min(size, data.rows - start) })
      bytes = panel.loadRows(data, start)
      functions.loadPoints(bytes)
    },
    setMixture(mixture) {
      view.set(mixture.means, layout.means / 8)
      view.set(mixture.logNormalizers, layout.constants / 8)
      packWhitening(mixture, layout, view)
    },
    logJoint() {
      functions.logJoint(bytes)
      functions.maxima(bytes)
    },
    exponentiate: (isExact) => functions[isExact ? 'exactExponentials' : 'exponentials'](bytes),
    normalize(data) {
      panel.loadWeights(data, block.start)
      functions[data.weights === undefined ? 'normalizeEqual' : 'normalizeWeighted'](bytes)
      return panel.logLikelihood()
    },
    beginMoments(centers) {
      view.set(centers, layout.means / 8)
      view.fill(0, layout.counts / 8, layout.sumsEnd / 8)
    },
    addMoments() {
      total.fill(0, block.count, bytes / 8)
      functions.moments(bytes)
    },
    moments: () => momentsOf(layout, view),
    ...(code.pass === undefined ? {} : { passTogether: togetherBy(code.pass, code, layout) }),
  }
}

/** A pass through all data by threads: as many blocks at a time as there are panels. */
function togetherBy(
  pass: () => void,
  { memory }: Code,
  layout: Layout,
): (data: MixtureData, isExact: boolean) => number {
  const panels = Array.from({ length: layout.panels }, (_, i) => panelOf(layout, memory.buffer, i))
  const orders = new Int32Array(memory.buffer, layout.orders, 1)
  return (data, isExact) => {
    orders[0] = (isExact ? ORDERS.exact : 0) | (data.weights === undefined ? 0 : ORDERS.weighted)
    const blocks = Math.ceil(data.rows / layout.size)
    // The blocks of all turns are as many as can be, so that none has a few that leave threads without work.
    const turn = Math.ceil(blocks / Math.ceil(blocks / panels.length))
    let logLikelihood = 0
    for (let first = 0; first < blocks; first += turn) {
      const startOf = (i: number): number => (first + i) * layout.size
      const filled = panels.filter((_, i) => i < turn && startOf(i) < data.rows)
      for (const [i, panel] of panels.entries()) {
        if (i >= filled.length) panel.fill(0)
        else {
          panel.fill(panel.loadRows(data, startOf(i)))
          panel.loadWeights(data, startOf(i))
        }
      }
      pass()
      for (const panel of filled) logLikelihood += panel.logLikelihood()
    }
    return logLikelihood
  }
}
