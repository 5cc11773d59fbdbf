import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vaeSteps, type VaeSteps } from './probe/vaeSteps.ts'
import type { Visitor } from './visitor.ts'

/** The training of an autoencoder by onnxruntime-web, in a browser, against WebAssembly of our own in Node. */
export function testOnnx(visitor: Visitor): void {
  let page: Page
  beforeAll(async () => {
    page = await visitor.open('probe', '/')
  })
  afterAll(() => visitor.close(page))

  const there = (...args: Parameters<typeof vaeSteps>): Promise<VaeSteps> =>
    page.evaluate((own) => (globalThis as unknown as { vaeSteps: typeof vaeSteps }).vaeSteps(...own), args)

  test('losses are the same in onnxruntime-web as in wasm, there and in Node', async () => {
    const wasm = await vaeSteps('wasm')
    const onnx = await there('onnx')
    expect(onnx.engine).toBe('onnx')
    expect(wasm.losses).toHaveLength(40)
    for (const { losses } of [onnx, await there('wasm'), await vaeSteps('onnx')])
      for (const [i, loss] of losses.entries())
        expect(Math.abs(loss / wasm.losses[i]! - 1)).toBeLessThan(1e-3)
  })
}
