import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { importanceWeighted } from '@variate/estimators'
import { adam, amortized, bbvi } from '@variate/inference'
import { expect, test } from 'vitest'
import { changed } from './changed.ts'
import { LISTED, type Listed } from './listed.ts'

const STEPS = 120
const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length

/** The bounds of the steps, in nats for each example. */
async function bounds({ made, data, bound, estimator }: Listed, model: object): Promise<readonly number[]> {
  const { guide, encoder } = made
  const optimizer = adam({ rate: 0.03 })
  if (!guide && !encoder) {
    const options = { optimizer, steps: STEPS, localSteps: 2, batch: { example: 2 }, convergence: false }
    const { history } = await bbvi(model as never, options as never).fit(data as never, { seed: 0 })
    return Array.from(history as Float64Array, (own) => own / 4)
  }
  const { beta, particles } = bound ?? {}
  const ways = {
    ...(guide ? { guide } : { encoder }),
    ...(estimator && { estimator }),
    ...(particles && { estimator: importanceWeighted({ particles }) }),
    ...(beta && { beta }),
  }
  const algorithm = amortized(model as never, { ...ways, optimizer, epochs: STEPS } as never)
  const { history } = await algorithm.fit(data as never, { seed: 0 })
  return history.map(({ elbo }) => elbo)
}

test.each(Object.entries(LISTED))(
  'with another distribution for one of its sites it is trained as it was: %s',
  async (_, own) => {
    const before = memory().numTensors
    const all = await bounds(own, changed(own))
    const [first, last] = [mean(all.slice(0, 20)), mean(all.slice(-20))]
    expect(last).toBeGreaterThan(first + 0.3)
    expect(memory().numTensors).toBe(before)
  },
)
