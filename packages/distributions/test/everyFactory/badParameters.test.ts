import '@tensorflow/tfjs-backend-cpu'
import { tensor, zeros } from '@tensorflow/tfjs-core'
import { DomainError, key, ShapeError } from '@variate/core'
import { describe, expect, test } from 'vitest'
import * as distributions from '../../src/index.ts'
import { factories, make, type Argument } from './factories.ts'

/** Functions of the package that make no distribution of parameters alone. */
const OTHERS = [
  'biject',
  'censored',
  'estimateKlDivergence',
  'expand',
  'folded',
  'improperUniform',
  'independent',
  'klDivergence',
  'hasClosedForm',
  'klUpperBound',
  'linearLogProb',
  'masked',
  'mixture',
  'toEvent',
  'transformed',
  'truncated',
  'zeroInflated',
]

test('the table holds every factory', () => {
  const exported = Object.entries(distributions).flatMap(([name, it]) =>
    typeof it === 'function' ? [name] : [],
  )
  expect([...factories.map(([name]) => name), ...OTHERS].toSorted()).toEqual(exported.toSorted())
})

/** The value with its first element replaced. */
function spoil(value: unknown, bad: number): unknown {
  return Array.isArray(value) ? [spoil(value[0], bad), ...value.slice(1)] : bad
}

/** What an error must name: the value, or the sum of probabilities that it spoils. */
function gotOf({ name, value }: Argument, bad: number): string {
  return name === 'probs' && Array.isArray(value) && bad > 1 && bad < Infinity ? 'got sum 1.9' : String(bad)
}

/** Ends that may be infinite. */
const isAllowed = (factory: string, name: string, bad: number): boolean =>
  factory === 'truncatedNormal' &&
  ((name === 'low' && bad === -Infinity) || (name === 'high' && bad === Infinity))

describe.each(factories)('%s', (factory, args) => {
  const each = args.flatMap((argument) =>
    [NaN, Infinity, -Infinity, ...argument.bad]
      .filter((bad) => !isAllowed(factory, argument.name, bad))
      .map((bad) => [argument.name, bad, argument] as const),
  )

  /** The error of the factory, or of the first draw where a tensor stands. */
  const fails = (argument: Argument, value: unknown): unknown => {
    try {
      make(factory, args, (other) => (other === argument ? value : other.value)).sample(key(0))
    } catch (error) {
      return error
    }
    return undefined
  }

  test.each(each)('refuses %s = %d', (name, bad, argument) => {
    const forms = argument.isPlain
      ? [spoil(argument.value, bad)]
      : [
          spoil(argument.value, bad),
          [argument.value, spoil(argument.value, bad)],
          tensor(spoil(argument.value, bad) as never),
        ]
    for (const form of forms) {
      const error = fails(argument, form)
      expect(error).toBeInstanceOf(DomainError)
      // An end that is not below the other is named with it.
      const { message } = error as Error
      expect(message.startsWith(`${factory}: `)).toBe(true)
      expect(message).toContain(name)
      expect(message).toContain(gotOf(argument, bad))
    }
  })

  const tensors = args.filter(({ isPlain }) => !isPlain)
  const vectors = tensors.filter(({ value }) => Array.isArray(value))

  test.each(vectors.map((argument) => [argument.name, argument] as const))(
    'refuses a number for %s',
    (name, argument) => {
      const error = fails(argument, 0.5)
      expect(error).toBeInstanceOf(ShapeError)
      expect((error as Error).message).toContain(`${factory}: ${name} must`)
    },
  )

  test.each((tensors.length > 1 ? tensors : []).map((argument) => [argument.name, argument] as const))(
    'refuses shapes of %s that do not broadcast',
    (_, argument) => {
      const stacked = (length: number, value: unknown): unknown => Array.from({ length }, () => value)
      const run = (): unknown =>
        make(factory, args, (other) =>
          other.isPlain ? other.value : stacked(other === argument ? 2 : 3, other.value),
        )
      expect(run).toThrow(ShapeError)
      expect(run).toThrow(`${factory}: `)
    },
  )
})

const { inverseWishart, multivariateNormal, multivariateStudentT, matrixNormal, wishart } = distributions

describe('a matrix that is none of a covariance', () => {
  const loc = [0, 0]
  const upper = [
    [1, 0.5],
    [0, 1],
  ]
  const zero = [
    [1, 0],
    [1, 0],
  ]
  const asymmetric = [
    [1, 0.5],
    [0.4, 1],
  ]
  const indefinite = [
    [1, 2],
    [2, 1],
  ]
  const factors = {
    'multivariateNormal: scaleTril': (scaleTril: number[][]) => multivariateNormal(loc, { scaleTril }),
    'multivariateStudentT: scaleTril': (scaleTril: number[][]) => multivariateStudentT(3, loc, { scaleTril }),
    'wishart: scaleTril': (scaleTril: number[][]) => wishart(3, { scaleTril }),
    'inverseWishart: scaleTril': (scaleTril: number[][]) => inverseWishart(3, { scaleTril }),
    'matrixNormal: scaleTrilRow': (L: number[][]) => matrixNormal([[0], [0]], L, [[1]]),
    'matrixNormal: scaleTrilColumn': (L: number[][]) => matrixNormal([[0, 0]], [[1]], L),
  }
  const matrices = {
    'multivariateNormal: covariance': (covariance: number[][]) => multivariateNormal(loc, { covariance }),
    'multivariateNormal: precision': (precision: number[][]) => multivariateNormal(loc, { precision }),
    'wishart: scale': (scale: number[][]) => wishart(3, { scale }),
    'inverseWishart: scale': (scale: number[][]) => inverseWishart(3, { scale }),
  }
  test.each(Object.entries(factors))('is refused as %s', (who, factory) => {
    expect(() => factory(upper)).toThrow(DomainError)
    expect(() => factory(upper)).toThrow(
      `${who} must be lower triangular with a positive diagonal, got 0.5 in row 0, column 1`,
    )
    expect(() => factory(zero)).toThrow('got 0 in row 1, column 1')
    expect(() => factory([[1, 0]])).toThrow(new ShapeError(`${who} must be square, got shape [1, 2]`))
  })
  test.each(Object.entries(matrices))('is refused as %s', (who, factory) => {
    for (const matrix of [asymmetric, indefinite]) {
      expect(() => factory(matrix)).toThrow(DomainError)
      expect(() => factory(matrix)).toThrow(`${who} must be symmetric positive definite, got`)
    }
    expect(() => factory([[1, 0]])).toThrow(new ShapeError(`${who} must be square, got shape [1, 2]`))
  })
  test('of another size than the mean is refused', () => {
    expect(() => multivariateNormal(loc, { scaleTril: zeros([3, 3]) })).toThrow(
      new ShapeError('multivariateNormal: loc has length 2, scaleTril 3'),
    )
  })
})
