import type { JointBlock } from '../block.ts'
import type { Kernel } from '../kernel.ts'
import type { MixtureShape } from '../mixture.ts'
import { layoutOf, POINTS, type Layout } from './layout.ts'
import { mixtureModule, pagesOf, type MixtureFunctions } from './mixtureModule.ts'
import { packWhitening } from './packWhitening.ts'
import { momentsOf } from './momentsOf.ts'

/**
 * The kernel as WebAssembly with vectors of two numbers; undefined where the engine has none or may not make code, or what it
 * needs of memory is not to be had.
 */
export function wasmKernel(shape: MixtureShape): Kernel | undefined {
  const layout = layoutOf(shape)
  const code = instanceOf(layout)
  if (code === undefined) return undefined
  const { functions, memory } = code
  const view = new Float64Array(memory.buffer)
  const column = (address: number, columns = 1): Float64Array =>
    view.subarray(address / 8, address / 8 + columns * layout.size)
  const joint = column(layout.joint, layout.components)
  const [max, total, weights] = [column(layout.max), column(layout.total), column(layout.weights)]
  const rows = column(layout.rows, layout.dimension)
  const block: JointBlock = { size: layout.size, count: 0, start: 0, joint, max, total }
  let bytes = 0

  return {
    block,
    load(data, start) {
      const d = layout.dimension
      const count = Math.min(layout.size, data.rows - start)
      const filled = POINTS * Math.ceil(count / POINTS)
      rows.set(data.x.subarray(start * d, (start + count) * d))
      // Behind the last point comes the first again, with weight 0.
      for (let i = count; i < filled; i++) rows.copyWithin(i * d, 0, d)
      Object.assign(block, { start, count })
      bytes = 8 * filled
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
      const { start, count } = block
      if (data.weights === undefined) weights.fill(1, 0, count)
      else weights.set(data.weights.subarray(start, start + count))
      weights.fill(0, count, bytes / 8)
      return functions[data.weights === undefined ? 'normalizeEqual' : 'normalizeWeighted'](bytes)
    },
    beginMoments(centers) {
      view.set(centers, layout.means / 8)
      view.fill(0, layout.counts / 8, layout.end / 8)
    },
    addMoments() {
      total.fill(0, block.count, bytes / 8)
      functions.moments(bytes)
    },
    moments: () => momentsOf(layout, view),
  }
}

interface Code {
  readonly functions: MixtureFunctions
  readonly memory: WebAssembly.Memory
}

/** Whether the engine has refused code: it has no vectors, or a policy forbids it to make any. */
let isRefused = false

/** Bytes that addresses reach which are signed. */
const ADDRESSABLE = 2 ** 31

function instanceOf(layout: Layout): Code | undefined {
  if (isRefused || typeof WebAssembly === 'undefined' || layout.end > ADDRESSABLE) return undefined
  const bytes = mixtureModule(layout)
  let module: WebAssembly.Module
  try {
    module = new WebAssembly.Module(bytes as BufferSource)
  } catch {
    isRefused = true
    return undefined
  }
  const memory = memoryOf(layout)
  if (memory === undefined) return undefined
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return { functions: exports as unknown as MixtureFunctions, memory }
}

/** Memory for a layout; undefined where there is none to be had: engines set aside gigabytes of addresses for each. */
function memoryOf(layout: Layout): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: pagesOf(layout) })
  } catch {
    return undefined
  }
}
