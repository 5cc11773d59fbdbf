import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compiled, type CompiledProbe } from './probe/compiled.ts'
import type { inWorker } from './probe/inWorker.ts'
import type { Answer } from './probe/worker.ts'
import type { Visitor } from './visitor.ts'

/** What the page of the probe has. */
interface Globals {
  readonly compiled: typeof compiled
  readonly inWorker: typeof inWorker
}

/** Programs that are compiled in a browser, against the same in Node. */
export function testCompiled(visitor: Visitor): void {
  let page: Page
  beforeAll(async () => {
    page = await visitor.open('probe', '/')
  })
  afterAll(() => visitor.close(page))

  describe.each(['float32', 'float64'] as const)('in %s', (precision) => {
    let here: CompiledProbe
    let there: CompiledProbe
    beforeAll(async () => {
      here = compiled(precision)
      there = await page.evaluate((own) => (globalThis as unknown as Globals).compiled(own), precision)
    })

    test('a model with its gradient, and a loop, give the same numbers in the browser as in Node', () => {
      expect(there).toEqual(here)
      expect(here.called).toEqual([])
      expect(here.path).toHaveLength(5)
      expect(here.path.at(-1)).toBeLessThan(here.path[0]!)
    })

    test.each([
      ['Node', () => here],
      ['the browser', () => there],
    ] as const)(
      'bytes of %s run in a Web Worker that may compile WebAssembly, and no text',
      async (_, made) => {
        const answer: Answer = await page.evaluate(
          (bytes) => (globalThis as unknown as Globals).inWorker(bytes),
          made().bytes,
        )
        expect(answer.state).toEqual(here.state)
        expect(answer.path).toEqual(here.path)
        expect(answer.policy).toContain("'wasm-unsafe-eval'")
        expect(answer.policy).not.toMatch(/'unsafe-(eval|inline)'/)
      },
    )
  })
}
