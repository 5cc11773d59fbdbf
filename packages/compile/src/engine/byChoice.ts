import { UnsupportedError } from '@variate/core'
import type { Choice } from '../choice/choose.ts'
import type { Estimates } from '../choice/estimate.ts'
import type { Explanation } from '../compiled/explain.ts'

let isTold = false

interface Explained {
  readonly explanation: Explanation
}

/**
 * What runs on the engine that was chosen, which tells of the choice: a promise where that is ONNX Runtime.
 *
 * @param onnx makes it there, for a reason.
 * @param inWasm makes the other.
 */
export function byChoice<T extends Explained>(
  { isOnnx, reason, estimates }: Choice,
  onnx: (reason: string) => Promise<T>,
  inWasm: () => T,
): T | Promise<T> {
  const told = (own: T, why: string): T => ({
    ...own,
    explanation: { ...own.explanation, reason: why, estimates },
  })
  const instead = (why: string): T => {
    const own = inWasm()
    return told(own, `${own.explanation.reason}: ${why}`)
  }
  if (!isOnnx) return instead(reason)
  return withFallBack(async () => told(await onnx(reason), reason), instead, reason, estimates)
}

/**
 * What ONNX Runtime runs, or where that cannot be what WebAssembly does. What installing it would give is told of on the console, once.
 *
 * @param instead makes the other, for a reason.
 */
async function withFallBack<T>(
  onnx: () => Promise<T>,
  instead: (reason: string) => T,
  reason: string,
  { wasm, onnx: own }: Estimates,
): Promise<T> {
  try {
    return await onnx()
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error
    const { loadRuntime } = await import('../onnxEngine/loadRuntime.ts')
    const isThere = await loadRuntime().then(
      () => true,
      () => false,
    )
    if (!isThere && !isTold) {
      isTold = true
      const times = Number((wasm.total / own.total).toPrecision(2))
      // eslint-disable-next-line no-console
      console.info(
        `@variate/compile: with ONNX Runtime (npm install ${runtimeName()}) this program would be an estimated ${times} times as fast: ` +
          `${error.message}`,
      )
    }
    return instead(`${reason}, and ${error.message}`)
  }
}

function runtimeName(): string {
  return globalThis.process?.versions?.node === undefined ? 'onnxruntime-web' : 'onnxruntime-node'
}
