import { DomainError, ShapeError } from '@variate/core'
import { Table } from '@variate/data'
import { linearRegression, logisticRegression, poissonRegression } from '@variate/models/regressions'
import { describe, expect, test } from 'vitest'

const x = [
  [1, 2],
  [2, 1],
  [3, 5],
]

describe('bad data are refused with what, where and the value', () => {
  const logistic = (rows: unknown, y: unknown, options?: unknown) =>
    logisticRegression().fit(rows as never, y as never, options as never)
  const poisson = (y: unknown, options?: unknown) => poissonRegression().fit(x, y as never, options as never)
  const linear = (y: unknown, options?: unknown) =>
    linearRegression({ noise: 1 }).fit(x, y as never, options as never)

  test.each([
    [() => logistic(x, [0, 1, 2]), DomainError, 'logisticRegression.fit: y must be 0 or 1, got 2 at [2]'],
    [() => logistic(x, [0, 0.5, 1]), DomainError, 'y must be 0 or 1, got 0.5 at [1]'],
    [() => logistic(x, [0, NaN, 1]), DomainError, 'y must be finite, got NaN at [1]'],
    [() => logistic(x, [0, 1]), ShapeError, 'y must have length 3, got 2'],
    [
      () => logistic([[1, NaN], ...x.slice(1)], [0, 1, 1]),
      DomainError,
      'x must be finite, got NaN at row 0, column 1',
    ],
    [() => logistic([[1], ...x.slice(1)], [0, 1, 1]), ShapeError, 'row 0 has 1 columns'],
    [() => logistic([], []), ShapeError, 'x is empty'],
    [() => logistic(x, [0, 1, 1], { steps: 0 }), DomainError, 'steps must be a whole number ≥ 1, got 0'],
    [() => logistic(x, [0, 1, 1], { batch: 0 }), DomainError, 'batch must be a whole number ≥ 1, got 0'],
    [() => logistic(x, [0, 1, 1], { stepz: 1 }), DomainError, 'there is no option "stepz"; there are seed'],
    [() => logistic(x, [0, 1, 1], { exposure: [1] }), DomainError, 'there is no option "exposure"'],
    [
      () => poisson([1, -1, 0]),
      DomainError,
      'poissonRegression.fit: y must be whole numbers ≥ 0, got -1 at [1]',
    ],
    [() => poisson([1, 0.5, 0]), DomainError, 'got 0.5 at [1]'],
    [() => poisson([1, 2, 0], { exposure: [1, 0, 1] }), DomainError, 'exposure must be > 0, got 0 at [1]'],
    [() => poisson([1, 2, 0], { exposure: [1] }), ShapeError, 'exposure must have length 3, got 1'],
    [
      () => linear([1, Infinity, 0]),
      DomainError,
      'linearRegression.fit: y must be finite, got Infinity at [1]',
    ],
  ])('%#', async (run, kind, message) => {
    const error = await run().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(kind)
    expect((error as Error).message).toContain(message)
  })

  test('constant columns that are to be standardized', async () => {
    const table = new Table(Float64Array.of(1, 7, 2, 7, 3, 7), ['age', 'dose'])
    await expect(linearRegression({ noise: 1, standardize: true }).fit(table, [1, 2, 3])).rejects.toThrow(
      'linearRegression.fit: column 1 ("dose") is constant, 7, and cannot be standardized: leave it out',
    )
    const fit = await linearRegression({ noise: 1 }).fit(table, [1, 2, 3])
    expect(Number.isFinite(fit.coefficients.sd.at(1))).toBe(true)
  })
})

test('options that there are not, or out of range, are refused at once', () => {
  const refused = (options: unknown, message: string) =>
    expect(() => linearRegression(options as never)).toThrow(message)
  refused({ pior: {} }, 'linearRegression: there is no option "pior"; there are prior, intercept')
  refused(
    { prior: { sd: 1 } },
    'linearRegression: prior: there is no option "sd"; there are scale, intercept, noise',
  )
  refused({ prior: { scale: 0 } }, 'linearRegression: prior.scale must be finite and > 0, got 0')
  refused({ prior: { intercept: Infinity } }, 'prior.intercept must be finite and > 0, got Infinity')
  refused({ noise: -1 }, 'linearRegression: noise must be finite and > 0, got -1')
  refused({ family: 'full' }, "family must be 'fullRank', 'meanField' or a family, got 'full'")
  refused({ intercept: 1 }, 'intercept must be true or false, got 1')
  expect(() => logisticRegression({ noise: 1 } as never)).toThrow('there is no option "noise"')
})

describe('new rows', async () => {
  const table = new Table(Float64Array.of(1, 2, 2, 1, 3, 5), ['age', 'dose'])
  const fit = await linearRegression({ noise: 1, standardize: true }).fit(table, [1, 2, 3])

  test('another number of columns, or columns of other names', () => {
    expect(() => fit.predict([[1]])).toThrow(ShapeError)
    expect(() => fit.predict([[1]])).toThrow('the model was fitted to 2 columns, x has shape [1,1]')
    const turned = new Table(Float64Array.of(1, 2), ['dose', 'age'])
    expect(() => fit.predict(turned)).toThrow('column 0 of x is "dose", in the fit it was "age"')
  })

  test('levels and counts out of range', async () => {
    expect(() => fit.predict(x, { level: 1 })).toThrow('level must be between 0 and 1, got 1')
    expect(() => fit.coefficients.interval(0)).toThrow('linearRegression.coefficients.interval: level')
    expect(() => fit.logProb(x, [1])).toThrow('linearRegression.logProb: y must have length 3, got 1')
    await expect(fit.posterior.sample(0)).rejects.toThrow('count must be a whole number ≥ 1, got 0')
  })

  test('are standardized as those of the fit', () => {
    const { mean } = fit.predict([[2, 8 / 3]])
    expect(mean.at(0)).toBeCloseTo(fit.intercept.mean, 10)
  })
})
