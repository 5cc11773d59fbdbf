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

  /** The largest difference of what fits tell: of float32, and engines may divide sums otherwise. */
  const apart = (one: LoadedFit, other: LoadedFit): number => {
    const numbers = [one, other].map(({ elbo, means, decoded }) => [elbo, ...means, ...decoded])
    return Math.max(...numbers[0]!.map((x, i) => Math.abs(x - numbers[1]![i]!)))
  }

  test('a fit of Node encodes and decodes in the browser as it does in Node', async () => {
    const bytes = await savedFit()
    const here = await loadedFit(bytes)
    expect(here.decoded.some((x) => Math.abs(x - 0.5) > 0.01)).toBe(true)
    expect(apart(await loadedThere(bytes), here)).toBeLessThan(1e-6)
  })

  test('a fit of the browser encodes and decodes in Node as it does there', async () => {
    const bytes = await page.evaluate(() => (globalThis as unknown as Globals).savedFit())
    expect(apart(await loadedFit(bytes), await loadedThere(bytes))).toBeLessThan(1e-6)
  })

  test('a damaged file is refused there', async () => {
    const bytes = await savedFit()
    await expect(loadedThere(bytes.with(bytes.length - 1, 1))).rejects.toThrow('the bytes are damaged')
  })
}
