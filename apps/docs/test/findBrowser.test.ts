import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findBrowser } from './browser.ts'

const here = fileURLToPath(import.meta.url)

test('the browser that CHROME_PATH names comes first', () => {
  expect(findBrowser({ PATH: '', CHROME_PATH: here })).toBe(here)
})

test('a CHROME_PATH without a file is an error, not another browser', () => {
  expect(() => findBrowser({ CHROME_PATH: '/no/such/chrome' })).toThrow(
    'CHROME_PATH is /no/such/chrome, where there is no file',
  )
})
