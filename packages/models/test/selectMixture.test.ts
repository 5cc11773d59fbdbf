import { describe, expect, test } from 'vitest'
import { iris, oldFaithful } from '@variate/data'
import {
  gaussianMixture,
  selectMixture,
  type Covariance,
  type MixtureCriterion,
  type SelectMixtureOptions,
} from '@variate/models'
import { degeneracy } from '../src/gaussianMixture/degeneracy.ts'
import type { Mixture } from '../src/gaussianMixture/mixture.ts'

const rows = oldFaithful().toNested<number[][]>()

describe('selectMixture', () => {
  test.each<MixtureCriterion>(['bic', 'aic', 'icl'])(
    'keeps the candidate of the smallest %s',
    async (criterion) => {
      const options: SelectMixtureOptions = {
        components: [1, 2, 3],
        covariance: ['full', 'tied'],
        criterion,
        restarts: 3,
      }
      const { best, candidates } = await selectMixture(rows, options)
      expect(best[criterion]).toBe(Math.min(...candidates.map(({ fit }) => fit![criterion])))
    },
  )

  test('chooses differently where the criteria differ: ICL asks for components that are apart', async () => {
    const chosen = async (criterion: MixtureCriterion) => {
      const { best } = await selectMixture(rows, {
        components: [2, 3],
        covariance: ['tied'],
        criterion,
        restarts: 5,
      })
      return best.components
    }
    expect([await chosen('bic'), await chosen('icl')]).toEqual([3, 2])
  })

  test('finds the two groups of iris that mclust finds: two components, BIC 574.018', async () => {
    // Mclust(iris[, 1:4]) chooses VEV with 2 components, BIC −561.7285; of the forms here VVV with 2, −574.0178.
    const { best } = await selectMixture(iris().measurements, {
      components: [1, 2, 3, 4],
      restarts: 10,
      tolerance: 1e-10,
    })
    expect([best.components, best.covariance]).toEqual([2, 'full'])
    expect(best.bic).toBeCloseTo(574.018, 2)
  })

  test('a candidate does not depend on which others are tried', async () => {
    const alone = await selectMixture(rows, { components: [3], covariance: ['full'], restarts: 2 })
    const among = await selectMixture(rows, { components: [2, 3], restarts: 2 })
    const same = among.candidates.find(
      ({ components, covariance }) => components === 3 && covariance === 'full',
    )
    expect(same!.fit!.toJSON()).toEqual(alone.best.toJSON())
  })

  test('tries as many components as there are observations, and each candidate once', async () => {
    const { candidates } = await selectMixture(rows.slice(0, 8), {
      covariance: ['spherical', 'spherical'],
      restarts: 2,
    })
    expect(candidates.map(({ components }) => components)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('rejects the forms that the data cannot bear, and tells why', async () => {
    const collinear = rows.map(([eruption]) => [eruption!, 2 * eruption! + 1])
    const { best, candidates, summary } = await selectMixture(collinear, { components: [1, 2], restarts: 2 })
    expect(['diagonal', 'spherical']).toContain(best.covariance)
    const dense = candidates.filter(({ covariance }) => covariance === 'full' || covariance === 'tied')
    for (const { fit, rejected, reason } of dense) {
      expect(fit).toBeNull()
      expect(rejected).toBeGreaterThan(0)
      expect(reason).toMatch(/singular|eigenvalue|positive definite/)
    }
    expect(summary()).toMatch(/2 full +– +– +degenerate/)
  })

  test('measures no eigenvalue against a constant column, which a floor lets through', async () => {
    const flat = rows.map(([eruption]) => [eruption!, 0.1])
    const { best } = await selectMixture(flat, {
      components: [1, 2],
      covariance: ['full', 'diagonal'],
      regularization: 1e-3,
      restarts: 2,
    })
    expect(best.components).toBe(2)
  })

  test('says so where every candidate is degenerate', async () => {
    const few = rows.slice(0, 12)
    await expect(selectMixture(few, { components: [6], restarts: 2 })).rejects.toThrow(
      'every fit is degenerate',
    )
  })

  test.each([
    [{ covariance: ['diag'] }, 'covariance must be a list of full, tied, diagonal, spherical, got ["diag"]'],
    [{ covariance: 'full' }, 'covariance must be a list of'],
    [{ components: 2 }, 'components must name at least one number, as in [1, 2, 3], got 2'],
    [{ criterion: 'BIC' }, 'criterion must be one of bic, aic, icl, got BIC'],
    [{ components: [300] }, '300 components need at least as many observations, got 272'],
  ])('%#: refuses $0', async (options, message) => {
    await expect(selectMixture(rows, options as SelectMixtureOptions)).rejects.toThrow(message)
  })
})

describe('degeneracy', () => {
  const mixture = (covariance: Covariance, covariances: number[]): Mixture => ({
    components: 2,
    dimension: 2,
    covariance,
    weights: Float64Array.of(0.5, 0.5),
    means: new Float64Array(4),
    covariances: Float64Array.from(covariances),
    whitening: new Float64Array(),
    logNormalizers: new Float64Array(),
  })
  const variances = Float64Array.of(4, 100)
  const counts = Float64Array.of(5, 50)
  const sound = mixture('full', [4, 0, 0, 100, 4, 0, 0, 0.1001])

  test('begins below 5 observations, and not at 5', () => {
    expect(degeneracy(sound, counts, variances)).toBeUndefined()
    expect(degeneracy(sound, Float64Array.of(4.999, 50), variances)).toBe(
      'component 0 accounts for 5.00 observations',
    )
  })

  test('begins below an eigenvalue of 1e-3 of standardised data, in every form', () => {
    const thin = {
      full: [4, 0, 0, 100, 4, 0, 0, 0.0999],
      tied: [4, 0, 0, 0.0999],
      diagonal: [4, 100, 4, 0.0999],
      spherical: [4, 0.0999],
    }
    const wide = {
      full: [4, 0, 0, 100, 4, 0, 0, 0.1001],
      tied: [4, 0, 0, 0.1001],
      diagonal: [4, 100, 4, 0.1001],
      spherical: [4, 0.1001],
    }
    for (const form of ['full', 'tied', 'diagonal', 'spherical'] as const) {
      expect(degeneracy(mixture(form, thin[form]), counts, variances)).toMatch(/has an eigenvalue of 0\.001/)
      expect(degeneracy(mixture(form, wide[form]), counts, variances)).toBeUndefined()
    }
    // Correlation 0.9995 has the eigenvalue 1 − 0.9995.
    expect(degeneracy(mixture('tied', [4, 19.99, 19.99, 100]), counts, variances)).toMatch(
      /eigenvalue of 0\.0005/,
    )
  })
})

test('the ICL is the BIC with the certainty of each assignment added, by its definition', async () => {
  const fit = await gaussianMixture({ components: 3 }).fit(rows)
  const responsibilities = fit.responsibilities(rows).toNested<number[][]>()
  const certainty = responsibilities.reduce((sum, row) => sum + Math.log(Math.max(...row)), 0)
  expect(certainty).toBeLessThan(-1)
  expect(fit.icl).toBeCloseTo(fit.bic - 2 * certainty, 8)
})
