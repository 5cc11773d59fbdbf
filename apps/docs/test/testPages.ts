import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { contrastsOf } from './contrastsOf.ts'
import type { Visitor } from './visitor.ts'

/** Pages that are open at once: most of their time they wait for the network to be idle. */
const TABS = 4

/** What every page must be, and the figures on them. */
export function testPages(visitor: Visitor, pages: () => readonly string[]): void {
  test('every page is legible in light and dark, no wider than a phone, and keeps to itself', async () => {
    const wide = { width: 1280, height: 720 }
    const check = async (page: Page, path: string): Promise<void> => {
      await page.setViewportSize(wide)
      await visitor.goOn(page, path)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor()
        const weak = (await contrastsOf(page)).filter(({ ratio }) => ratio < 4.5)
        expect(weak, `${path}, ${colorScheme}`).toEqual([])
      }
      await page.setViewportSize({ width: 390, height: 844 })
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(excess, path).toBe(0)
    }
    const left = [...pages()]
    const visit = async (): Promise<void> => {
      const page = await visitor.open('site', '/errors')
      for (let path = left.pop(); path !== undefined; path = left.pop()) await check(page, path)
      await visitor.close(page)
    }
    await Promise.all(Array.from({ length: TABS }, visit))
  })

  test('the reference shows its pictures before any script has run, and its search finds distributions', async () => {
    const plain = await visitor.open('site', '/reference/continuous', { javaScriptEnabled: false })
    const sections = await plain.locator('main h2').count()
    expect(sections).toBeGreaterThan(20)
    expect(await plain.locator('.density-figure > svg').count()).toBe(sections)
    await plain.context().close()
    const page = await visitor.open('site', '/reference/')
    const words = page.getByRole('searchbox')
    const asked = async (): Promise<boolean> => {
      if (!(await words.isVisible()))
        await page.evaluate(() => document.querySelector<HTMLElement>('.VPNavBarSearch button')?.click())
      return words.isVisible()
    }
    // The button is there before the page's script answers it.
    await expect.poll(asked, { timeout: 30_000, interval: 500 }).toBe(true)
    await words.fill('kumaraswamy')
    await page.locator('a.result[href$="/reference/continuous#kumaraswamy"]').first().waitFor()
    await visitor.close(page)
  })

  test('a phone gets figures drawn for its width', async () => {
    const page = await visitor.open('site', '/figures', { viewport: { width: 390, height: 844 } })
    const figures = page.locator('.page-figure .figure')
    const misfits = () =>
      figures.evaluateAll((boxes) =>
        boxes
          .slice(0, 3) // images are scaled
          .filter((box) => Number(box.firstElementChild?.getAttribute('width')) !== box.clientWidth)
          .map((box) => box.outerHTML.slice(0, 200)),
      )
    await expect.poll(misfits, { timeout: 20_000 }).toEqual([])
    await visitor.close(page)
  })

  test('the figures of the pages are part of the pages, and drawn anew on the way from page to page', async () => {
    const page = await visitor.open('site', '/errors')
    await page.getByRole('link', { name: 'Figures' }).first().click()
    await page.waitForURL('**/figures')
    const drawn = page.locator('.page-figure svg')
    await expect.poll(() => drawn.count(), { timeout: 30_000 }).toBe(4)
    const plain = await visitor.open('site', '/figures', { javaScriptEnabled: false })
    expect(await plain.locator('.page-figure svg').count()).toBe(4)
    await plain.context().close()
    await visitor.close(page)
  })

  test('the page of graphs shows its pictures before any script has run', async () => {
    const plain = await visitor.open('site', '/model-graphs', { javaScriptEnabled: false })
    expect(await plain.locator('.model-graph > svg').count()).toBe(6)
    await plain.context().close()
  })

  test('a wide screen keeps the figures that came with the page', async () => {
    const page = await visitor.open('site', '/errors')
    await page.addInitScript(() => {
      const seen = { removed: 0 }
      Object.assign(globalThis, { seen })
      new MutationObserver((changes) => {
        for (const { target, removedNodes } of changes)
          if ((target as Element).matches?.('.figure')) seen.removed += removedNodes.length
      }).observe(document, { childList: true, subtree: true })
    })
    await page.goto(page.url().replace('/errors', '/figures'), { waitUntil: 'networkidle' })
    expect(await page.locator('.page-figure svg').count()).toBe(4)
    const removed = await page.evaluate(
      () => (globalThis as unknown as { seen: { removed: number } }).seen.removed,
    )
    expect(removed).toBe(0)
    await visitor.close(page)
  })
}
