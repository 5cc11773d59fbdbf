import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Visitor } from './visitor.ts'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()
const iteration = async (page: Page) => Number(await page.getByTestId('iteration').textContent())
const logLikelihood = async (page: Page) =>
  Number(await page.getByTestId('log-likelihood').getAttribute('value'))
const converged = (page: Page) => page.getByText(/^Converged after/).waitFor({ timeout: 60_000 })

/** What a reader does with the fit on the landing page, and sees. */
export function testDemo(visitor: Visitor): void {
  const landing = async (options?: BrowserContextOptions): Promise<Page> => {
    const page = await visitor.open('site', '/', options)
    if (options?.javaScriptEnabled !== false) await page.locator('.demo[aria-busy="false"]').waitFor()
    return page
  }

  test('each step raises the log-likelihood and counts one iteration', async () => {
    const page = await landing()
    let before = await logLikelihood(page)
    expect(await iteration(page)).toBe(0)
    for (const count of [1, 2, 3, 4, 5]) {
      await press(page, 'Step')
      await expect.poll(() => iteration(page)).toBe(count)
      expect(await logLikelihood(page)).toBeGreaterThan(before)
      before = await logLikelihood(page)
      await page.getByText(`Iteration ${count}: the log-likelihood rose by`).waitFor()
    }
    await visitor.close(page)
  })

  // R's mclust: the figures of issue and vignette.
  test.each([
    ['2', 'full', -1130.264],
    ['3', 'tied', -1126.316],
    ['2', 'spherical', -1709.529],
  ])('runs %s components with %s covariance to %f', async (components, covariance, expected) => {
    const page = await landing()
    await choose(page, components)
    await choose(page, covariance)
    await press(page, 'Run')
    await converged(page)
    expect(Math.abs((await logLikelihood(page)) - expected)).toBeLessThan(0.001)
    const shown = expected.toFixed(3).replace('-', '−')
    expect(await page.getByTestId('log-likelihood').textContent()).toBe(shown)
    expect(await page.locator('.demo-table tbody tr').count()).toBe(Number(components))
    await visitor.close(page)
  })

  test('a run can be paused and gone on with, reset and started elsewhere', async () => {
    const page = await landing()
    const start = await logLikelihood(page)
    await press(page, 'Run')
    await expect.poll(() => iteration(page)).toBeGreaterThan(2)
    await press(page, 'Pause')
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
    const paused = await iteration(page)
    await page.waitForTimeout(700)
    expect(await iteration(page)).toBe(paused)
    await press(page, 'Step')
    await expect.poll(() => iteration(page)).toBe(paused + 1)
    await press(page, 'Reset')
    expect(await iteration(page)).toBe(0)
    expect(await logLikelihood(page)).toBe(start)
    await press(page, 'New start')
    expect(await iteration(page)).toBe(0)
    expect(await logLikelihood(page)).not.toBe(start)
    await visitor.close(page)
  })

  test('a choice made during a run ends the run and starts anew', async () => {
    const page = await landing()
    await press(page, 'Run')
    await expect.poll(() => iteration(page)).toBeGreaterThan(1)
    await choose(page, '4')
    expect(await iteration(page)).toBe(0)
    await page.waitForTimeout(700)
    expect(await iteration(page)).toBe(0)
    expect(await page.locator('.demo-table tbody tr').count()).toBe(4)
    await visitor.close(page)
  })

  test('the figure has 272 points, contours, and a cross on each mean, before any script has run', async () => {
    for (const javaScriptEnabled of [false, true]) {
      const page = await landing({ javaScriptEnabled })
      const figure = page.locator('.demo-mixture > svg')
      expect(await figure.count()).toBe(1)
      expect(await figure.locator('[aria-description="points"] circle').count()).toBe(272)
      expect(await figure.locator('[aria-description="regions of highest density"] path').count()).toBe(5)
      expect(await figure.locator('[aria-description="means"] path').count()).toBe(2)
      await visitor.close(page)
    }
  })

  test('works by keyboard', async () => {
    const page = await landing()
    await page.getByRole('radio', { name: '2', exact: true }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('radio', { name: '3', exact: true }).isChecked()).toBe(true)
    await page.keyboard.press('Tab') // covariance
    await page.keyboard.press('Tab') // run
    await page.keyboard.press('Tab') // step
    await page.keyboard.press('Enter')
    await expect.poll(() => iteration(page)).toBe(1)
    await visitor.close(page)
  })

  test('shows the end at once to a reader who asked for less motion', async () => {
    const page = await landing({ reducedMotion: 'reduce' })
    const counts = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let changes = 0
          const figure = document.querySelector('.demo-mixture')!
          new MutationObserver(() => changes++).observe(figure, { childList: true })
          setTimeout(() => resolve(changes), 1500)
        }),
    )
    await press(page, 'Run')
    await converged(page)
    expect(await counts).toBe(1)
    await visitor.close(page)
  })

  test('nothing moves while the page loads, or while a fit runs', async () => {
    const page = await landing()
    await page.evaluate(() => {
      const seen = { shift: 0 }
      Object.assign(globalThis, { seen })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await press(page, 'Run')
    await converged(page)
    const shift = await page.evaluate(() => (globalThis as unknown as { seen: { shift: number } }).seen.shift)
    expect(shift).toBeLessThan(0.005)
    await visitor.close(page)
  })
}
