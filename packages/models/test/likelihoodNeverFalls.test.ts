import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gaussianMixture } from '@variate/models'
import { problems } from './problems.ts'

/** Nats for each observation and each nat: what rounding takes from sums of logarithms. */
const ROUNDING = 1e-11

test('on 200 random problems the objective never falls, and the ELBO climbs between two touches', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async ({ x, components, covariance, prior, options }) => {
      const fit = await gaussianMixture({ components, covariance, ...(prior && { prior }) }).fit(x, options)
      let last = -Infinity
      for (const { elbo, elboAfterMaximization, freeEnergy, logLikelihood, logPrior } of fit.history) {
        const slack = ROUNDING * (x.length + Math.abs(elbo))
        expect(elbo).toBeGreaterThanOrEqual(elboAfterMaximization - slack)
        expect(elboAfterMaximization).toBeGreaterThanOrEqual(last - slack)
        expect(elbo).toBe(logLikelihood + logPrior)
        expect(freeEnergy).toBe(-elbo)
        last = elbo
      }
      // A collapse on a point is possible without floor or prior; a fall of the likelihood never is.
      const site = fit.termination.kind === 'diverged' ? fit.termination.site : ''
      const mayCollapse = prior === undefined && options.regularization === undefined
      expect(site).toMatch(mayCollapse ? /^$|collapsed|not positive definite/ : /^$/)
    }),
    { numRuns: 200, seed: 1 },
  )
})
