import '@tensorflow/tfjs-backend-cpu'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDraws } from './checks/checkDraws.ts'
import { checkEvidenceGradient } from './checks/checkEvidenceGradient.ts'
import { checkGradients } from './checks/checkGradients.ts'
import { checkPosterior } from './checks/checkPosterior.ts'
import { checkTerms } from './checks/checkTerms.ts'
import type { Description } from './description.ts'
import { countsOf, tableOfCounts } from './features.ts'
import { choicesOf } from './generate/choices.ts'
import { describeRandom } from './generate/describe.ts'
import { latentValues } from './generate/latentValues.ts'

const isFull = process.env['CONFORMANCE'] === 'full'
const MODELS = isFull ? 3000 : 90
/** How many models there are at least of each feature. */
const LEAST = isFull ? 20 : 8

test(
  'models assembled at random have the evidence, the posterior, the densities and the gradients of brute force',
  { timeout: isFull ? 7_200_000 : 600_000 },
  async () => {
    const [start, done] = [process.cpuUsage(), [] as Description[]]
    let [gradients, drawn] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        const choose = choicesOf(generate)
        const description = describeRandom(choose)
        const latents = latentValues(choose, description)
        const [seed, isDrawn, isMoved] = [choose.below(1000), choose.chance(0.13), choose.chance(0.6)]
        try {
          const found = await checkPosterior(description)
          await checkTerms(description, latents)
          checkGradients(description, latents)
          if (isMoved && (await checkEvidenceGradient(description))) gradients++
          if (isDrawn) await checkDraws(description, found, seed)
        } catch (error) {
          throw new Error(`${(error as Error).message}\n${JSON.stringify(description)}`, { cause: error })
        }
        if (isDrawn) drawn++
        done.push(description)
      }),
      { numRuns: MODELS, endOnFailure: true, ...(isFull ? {} : { seed: 1 }) },
    )
    const counts = countsOf(done)
    console.info(`${done.length} models:\n${tableOfCounts(counts)}`)
    const { user, system } = process.cpuUsage(start)
    console.info(`${Math.round((user + system) / 1e6)} seconds of processors`)
    console.info(`${gradients} gradients of the log evidence, draws of ${drawn}`)
    for (const count of [gradients, drawn]) expect(count).toBeGreaterThanOrEqual(LEAST)
    for (const [feature, count] of counts) expect(count, feature).toBeGreaterThanOrEqual(LEAST)
  },
)
