import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadedFit, savedFit, type LoadedFit } from './probe/savedFit.ts'
import type { Visitor } from './visitor.ts'

/** What the page of the probe has. */
interface Globals {
  readonly loadedFit: typeof loadedFit
  readonly savedFit: typeof savedFit
}

/** Fits that are saved in Node and loaded in a browser, and the other way round. */
export function testSavedFits(visitor: Visitor): void {
  let page: Page
  beforeAll(async () => {
    page = await visitor.open('probe', '/')
  })
  afterAll(() => visitor.close(page))

  const loadedThere = (bytes: readonly number[]): Promise<LoadedFit> =>
    page.evaluate((own) => (globalThis as unknown as Globals).loadedFit(own), bytes)

  /** float32, and engines may divide sums otherwise. */
  const expectSame = (one: LoadedFit, other: LoadedFit): void => {
    expect(one.elbo).toBe(other.elbo)
    for (const part of ['means', 'decoded'] as const) {
      expect(one[part]).toHaveLength(other[part].length)
      for (const [i, x] of one[part].entries()) expect(Math.abs(x - other[part][i]!)).toBeLessThan(1e-6)
    }
  }

  test('a fit of Node encodes and decodes in the browser as it does in Node', async () => {
    const bytes = await savedFit()
    const here = await loadedFit(bytes)
    expect(here.decoded.some((x) => Math.abs(x - 0.5) > 0.01)).toBe(true)
    expectSame(await loadedThere(bytes), here)
  })

  test('a fit of the browser encodes and decodes in Node as it does there', async () => {
    const bytes = await page.evaluate(() => (globalThis as unknown as Globals).savedFit())
    expectSame(await loadedFit(bytes), await loadedThere(bytes))
  })

  test('a damaged file is refused there', async () => {
    const bytes = await savedFit()
    await expect(loadedThere(bytes.with(bytes.length - 1, 1))).rejects.toThrow('the bytes are damaged')
  })
}
