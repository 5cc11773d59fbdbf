import { UnsupportedError } from '@variate/core'
import type { Estimates } from '../choice/estimate.ts'

let isTold = false

/**
 * What ONNX Runtime runs, or where that cannot be what WebAssembly does. What installing it would give is told of on the console, once.
 *
 * @param instead makes the other, for a reason.
 */
export async function withFallBack<T>(
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
