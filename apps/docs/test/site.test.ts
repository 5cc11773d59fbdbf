import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from './browser.ts'
import { buildProbe, buildSite, pagesOf } from './buildSite.ts'
import { testCompiled } from './testCompiled.ts'
import { testDemo } from './testDemo.ts'
import { testOnnx } from './testOnnx.ts'
import { testPackages } from './testPackages.ts'
import { testPages } from './testPages.ts'
import { testSavedFits } from './testSavedFits.ts'
import { testThreads } from './testThreads.ts'
import { testWorkers } from './testWorkers.ts'
import { Visitor } from './visitor.ts'

const folder = mkdtempSync(join(tmpdir(), 'variate-docs-'))
const [site, probe] = [join(folder, 'site'), join(folder, 'probe')]

/** What applications allow that are strict: of code only files of their own and WebAssembly, no `eval`. */
const POLICY = "default-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'"
/** They may allow scripts that they make themselves as workers, too. */
const BLOBS = `${POLICY}; worker-src 'self' blob:`
/** Pages with these share memory with their workers. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

beforeAll(() => buildSite(site))
afterAll(() => rmSync(folder, { recursive: true }))

test('the site builds without dead links, every page of docs/ in it', () => {
  const pages = pagesOf(site)
  expect(pages).toEqual(expect.arrayContaining(['/', '/expectation-maximization', '/decisions/safetensors']))
})

/** The one who comes with a browser; where tests must be complete, also without one, and fails. */
function visitors(): readonly Visitor[] {
  const executable = findBrowser()
  if (executable !== undefined || process.env['CI']) return [new Visitor(executable)]
  process.stderr.write(
    'apps/docs: no browser here, so its tests are left out: install one (apt-get install chromium) or set CHROME_PATH\n',
  )
  return []
}

describe.each(visitors())('in a browser', (visitor) => {
  beforeAll(async () => {
    await buildProbe(probe)
    await visitor.start(
      { site, probe, blobs: probe, isolated: probe },
      {
        probe: { 'Content-Security-Policy': POLICY },
        blobs: { 'Content-Security-Policy': BLOBS },
        isolated: { 'Content-Security-Policy': BLOBS, ...ISOLATED },
      },
    )
  })
  afterAll(() => visitor.stop())

  describe('the demonstration', () => {
    testDemo(visitor)
  })
  describe('the pages', () => {
    testPages(visitor, () => pagesOf(site))
  })
  describe('the packages', () => {
    testPackages(visitor)
  })
  describe('compiled programs', () => {
    testCompiled(visitor)
  })
  describe('threads', () => {
    testThreads(visitor)
  })
  describe('ONNX Runtime', () => {
    testOnnx(visitor)
  })
  describe('saved fits', () => {
    testSavedFits(visitor)
  })
  describe('workers', () => {
    testWorkers(visitor)
  })
})
