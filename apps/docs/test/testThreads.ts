import { expect, test } from 'vitest'
import { divided } from './probe/divided.ts'
import type { Visitor } from './visitor.ts'

/** What the page of the probe has. */
interface Globals {
  readonly divided: typeof divided
}

/** Programs that threads of a browser do parts of, in a page that is cross-origin isolated and in one that is not. */
export function testThreads(visitor: Visitor): void {
  test('an isolated page has threads, and results are those of Node', async () => {
    const here = await divided()
    expect(here.threads).toEqual({ count: 2, reason: 'asked for' })
    expect(here.inWorker).toEqual(here.state)
    const page = await visitor.open('isolated', '/')
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)
    const there = await page.evaluate(() => (globalThis as unknown as Globals).divided())
    expect(there).toEqual(here)
    // That of the run is over, and the one that helped it; the one that helps the page stays for a while.
    await expect.poll(() => page.workers().length, { timeout: 5000 }).toBe(1)
    await visitor.close(page)
  })

  test('another has one, and says why', async () => {
    const page = await visitor.open('blobs', '/')
    const there = await page.evaluate(() => (globalThis as unknown as Globals).divided())
    expect(there.threads!.count).toBe(1)
    expect(there.threads!.reason).toContain('a page must be cross-origin isolated')
    expect({ ...there, threads: undefined }).toEqual({ ...(await divided()), threads: undefined })
    expect(page.workers()).toHaveLength(0)
    await visitor.close(page)
  })
}
