import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runs, type lateness, type Runs } from './probe/runs.ts'
import type { Visitor } from './visitor.ts'

/** What the page of the probe has. */
interface Globals {
  readonly runs: typeof runs
  readonly lateness: typeof lateness
}

/** Runs whose steps are gone in a worker of a browser. */
export function testWorkers(visitor: Visitor): void {
  let here: Runs
  beforeAll(async () => {
    here = await runs('here')
    expect(here.told).toEqual(here.outputs)
    expect(here).toMatchObject({ termination: 'limit', aborted: 'aborted' })
    expect(here.thrown).toEqual(['runLoop: state is not finite after step 20: got Infinity', 20])
  })

  describe('where a policy allows worker-src blob:', () => {
    let page: Page
    beforeAll(async () => {
      page = await visitor.open('blobs', '/')
    })
    afterAll(() => visitor.close(page))

    test('a run gives what it gives in Node', async () => {
      const there = await page.evaluate(() => (globalThis as unknown as Globals).runs('worker'))
      expect(there).toEqual(here)
    })

    test('the page is free meanwhile', async () => {
      const late = (worker: boolean): Promise<number> =>
        page.evaluate((own) => (globalThis as unknown as Globals).lateness(own), worker)
      const [without, within] = [await late(false), await late(true)]
      expect(within).toBeLessThan(without / 2)
    })
  })

  describe('where a policy allows files of the page alone', () => {
    let page: Page
    beforeEach(async () => {
      page = await visitor.open('probe', '/')
    })

    test('a run in a worker of such a file gives what it gives in Node', async () => {
      const there = await page.evaluate(() => (globalThis as unknown as Globals).runs('worker of a file'))
      expect(there).toEqual(here)
      await visitor.close(page)
    })

    test('an error says what to do for others', async () => {
      const run = page.evaluate(() => (globalThis as unknown as Globals).runs('worker'))
      await expect(run).rejects.toThrow('a Content Security Policy must allow worker-src blob:')
      await expect(visitor.close(page)).rejects.toThrow('Content Security Policy')
    })
  })
}
