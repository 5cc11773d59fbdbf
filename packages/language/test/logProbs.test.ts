import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { checkLeaks } from './leaks.ts'
import { MODELS } from './models.ts'
import oracle from './oracles/logJoints.json' with { type: 'json' }

checkLeaks()

type Numbers = number | readonly Numbers[]
const flat = (x: Numbers): number[] => (typeof x === 'number' ? [x] : x.flatMap(flat))

test.each(Object.keys(oracle.cases))(
  '%s: each site has the log probability that NumPyro gives',
  async (name) => {
    const { given, logProbs } = oracle.cases[name as keyof typeof oracle.cases] as unknown as {
      given: Record<string, Numbers>
      logProbs: Record<string, Numbers>
    }
    const model = MODELS[name]!
    const logs = (await model.logProb(given as never)) as Record<string, { toNested(): Numbers }>
    expect(Object.keys(logs).toSorted()).toEqual(Object.keys(logProbs).toSorted())
    let total = 0
    for (const [site, expected] of Object.entries(logProbs)) {
      const [own, known] = [flat(logs[site]!.toNested()), flat(expected)]
      expect(own.length, site).toBe(known.length)
      for (const [i, x] of own.entries()) {
        expect(Math.abs(x - known[i]!), `${site} ${i}`).toBeLessThan(1e-10 * Math.max(1, Math.abs(known[i]!)))
      }
      total += known.reduce((a, b) => a + b, 0)
    }
    expect(Math.abs((await model.logJoint(given as never)) - total)).toBeLessThan(1e-10 * Math.abs(total))
  },
)
