import { describe, expect, it } from 'vitest'
import * as distributions from '../../src/index.ts'

const factories = distributions as unknown as Readonly<
  Record<string, (...args: readonly unknown[]) => unknown>
>

describe('a parameter that sets the support', () => {
  it.each([
    ['uniform', ['a', 1], 'uniform: low'],
    ['logUniform', [null, 1], 'logUniform: low'],
    ['triangular', [[1, [2]], 3, 2], 'triangular: low is ragged'],
    ['truncatedNormal', [0, 1, 'x', 2], 'truncatedNormal: low'],
    ['binomial', ['3', { probs: 0.5 }], 'binomial: total'],
    ['multinomial', [null, { probs: [0.5, 0.5] }], 'multinomial: total'],
    ['dirichletMultinomial', [[1, 2], 'x'], 'dirichletMultinomial: total'],
    ['pareto', [undefined, 1], 'pareto: scale'],
  ] as const)('is named in the errors of %s', (name, args, text) => {
    expect(() => factories[name]!(...args)).toThrow(text)
  })
})
