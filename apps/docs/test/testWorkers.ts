import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runs, type lateness } from './probe/runs.ts'
import type { Visitor } from './visitor.ts'

/** What the page of the probe has. */
interface Globals {
  readonly runs: typeof runs
  readonly lateness: typeof lateness
}

/** Runs whose steps are gone in a worker of a browser. */
export function testWorkers(visitor: Visitor): void {
  describe('where a policy allows worker-src blob:', () => {
    let page: Page
    beforeAll(async () => {
      page = await visitor.open('blobs', '/')
    })
    afterAll(() => visitor.close(page))

    test('a run gives what it gives in Node', async () => {
      const there = await page.evaluate(() => (globalThis as unknown as Globals).runs(true))
      const here = await runs(false)
      expect(there).toEqual(here)
      expect(there.told).toEqual(there.outputs)
      expect(there).toMatchObject({ termination: 'limit', aborted: 'aborted' })
      expect(there.thrown).toEqual(['runLoop: state is not finite after step 20: got Infinity', 20])
    })

    test('the page is free meanwhile', async () => {
      const late = (worker: boolean): Promise<number> =>
        page.evaluate((own) => (globalThis as unknown as Globals).lateness(own), worker)
      const [without, within] = [await late(false), await late(true)]
      expect(within).toBeLessThan(without / 2)
    })
  })

  test('where a policy refuses it, an error says so', async () => {
    const page = await visitor.open('probe', '/')
    const run = page.evaluate(() => (globalThis as unknown as Globals).runs(true))
    await expect(run).rejects.toThrow('a Content Security Policy must allow worker-src blob:')
    await expect(visitor.close(page)).rejects.toThrow('Content Security Policy')
  })
}
