import { bars, curves, plane, triangle, type Nested, type Picture } from './picture.ts'

/**
 * What the reference shows of each distribution, in its order: which settings, over which range. A distribution that
 * has no entry here is not documented, and a test says so.
 */
export const pictures: Readonly<Record<Family, Readonly<Record<string, Picture>>>> = {
  continuous: {
    normal: curves([-6, 6], 'normal(0, 1)', 'normal(0, 2)', 'normal(-2, 0.5)'),
    logNormal: curves([0, 4], 'logNormal(0, 1)', 'logNormal(0, 0.5)', 'logNormal(0.5, 0.25)'),
    halfNormal: curves([-0.5, 5], 'halfNormal(0.5)', 'halfNormal(1)', 'halfNormal(2)'),
    truncatedNormal: curves(
      [-3.5, 3.5],
      'truncatedNormal(0, 1, -1, 2)',
      'truncatedNormal(0, 1, 1, Infinity)',
      'truncatedNormal(-2, 1, -3, 3)',
    ),
    skewNormal: curves([-3, 4], 'skewNormal(0, 1, 0)', 'skewNormal(0, 1, 2)', 'skewNormal(0, 1, -8)'),
    cauchy: curves([-6, 6], 'cauchy(0, 1)', 'cauchy(0, 0.5)', 'cauchy(-2, 1)'),
    halfCauchy: curves([-0.5, 6], 'halfCauchy(0.5)', 'halfCauchy(1)', 'halfCauchy(2)'),
    studentT: curves([-5, 5], 'studentT(1, 0, 1)', 'studentT(3, 0, 1)', 'studentT(30, 0, 1)'),
    laplace: curves([-6, 6], 'laplace(0, 1)', 'laplace(0, 2)', 'laplace(-2, 0.5)'),
    asymmetricLaplace: curves(
      [-6, 6],
      'asymmetricLaplace(0, 1, 1)',
      'asymmetricLaplace(0, 1, 0.5)',
      'asymmetricLaplace(0, 1, 3)',
    ),
    logistic: curves([-8, 8], 'logistic(0, 1)', 'logistic(0, 2)', 'logistic(-2, 0.5)'),
    gumbel: curves([-4, 9], 'gumbel(0, 1)', 'gumbel(0, 2)', 'gumbel(3, 1)'),
    exponential: curves([-0.5, 5], 'exponential(0.5)', 'exponential(1)', 'exponential(2)'),
    gamma: { ...curves([0, 10], 'gamma(1, 0.5)', 'gamma(3, 1)', 'gamma(9, 2)', 'gamma(0.5, 1)'), top: 0.55 },
    inverseGamma: curves([0, 4], 'inverseGamma(1, 1)', 'inverseGamma(3, 1)', 'inverseGamma(3, 3)'),
    chiSquared: {
      ...curves([0, 12], 'chiSquared(1)', 'chiSquared(2)', 'chiSquared(4)', 'chiSquared(7)'),
      top: 0.6,
    },
    beta: { ...curves([0, 1], 'beta(0.5, 0.5)', 'beta(2, 2)', 'beta(2, 5)', 'beta(8, 2)'), top: 4 },
    kumaraswamy: {
      ...curves(
        [0, 1],
        'kumaraswamy(0.5, 0.5)',
        'kumaraswamy(2, 2)',
        'kumaraswamy(2, 5)',
        'kumaraswamy(8, 2)',
      ),
      top: 5,
    },
    weibull: { ...curves([0, 3], 'weibull(1, 0.7)', 'weibull(1, 1.5)', 'weibull(1, 5)'), top: 2.1 },
    pareto: curves([0, 5], 'pareto(1, 1)', 'pareto(1, 3)', 'pareto(2, 3)'),
    uniform: curves([-2.5, 3.5], 'uniform(0, 1)', 'uniform(-2, 1)', 'uniform(1, 3)'),
    logUniform: curves([0, 6], 'logUniform(0.5, 5)', 'logUniform(1, 3)'),
    triangular: curves([-0.5, 4.5], 'triangular(0, 4, 1)', 'triangular(0, 2, 2)', 'triangular(1, 3, 2)'),
    vonMises: curves([-Math.PI, Math.PI], 'vonMises(0, 0.5)', 'vonMises(0, 4)', 'vonMises(2, 4)'),
    rayleigh: curves([-0.5, 6], 'rayleigh(0.5)', 'rayleigh(1)', 'rayleigh(2)'),
    betaPrime: curves([0, 4], 'betaPrime(1, 1)', 'betaPrime(2, 3)', 'betaPrime(5, 5)'),
    invGaussian: curves([0, 3], 'invGaussian(1, 0.5)', 'invGaussian(1, 3)', 'invGaussian(1, 20)'),
  },
  discrete: {
    bernoulli: bars([0, 1], 'bernoulli({ probs: 0.3 })', 'bernoulli({ logits: 2 })'),
    binomial: bars(
      [0, 20],
      'binomial(20, { probs: 0.1 })',
      'binomial(20, { probs: 0.5 })',
      'binomial(20, { probs: 0.9 })',
    ),
    geometric: bars([0, 12], 'geometric({ probs: 0.2 })', 'geometric({ probs: 0.5 })'),
    poisson: bars([0, 16], 'poisson(1)', 'poisson(4)', 'poisson(9)'),
    negativeBinomial: bars(
      [0, 16],
      'negativeBinomial(1, { probs: 0.7 })',
      'negativeBinomial(3, { probs: 0.5 })',
      'negativeBinomial(10, { probs: 0.4 })',
    ),
    negativeBinomial2: bars(
      [0, 16],
      'negativeBinomial2(5, 1)',
      'negativeBinomial2(5, 4)',
      'negativeBinomial2(5, 100)',
    ),
    categorical: bars(
      [0, 3],
      'categorical({ probs: [0.1, 0.2, 0.3, 0.4] })',
      'categorical({ logits: [2, 0, 1, -1] })',
    ),
    discreteUniform: bars([0, 12], 'discreteUniform(1, 6)', 'discreteUniform(2, 11)'),
    betaBinomial: bars(
      [0, 12],
      'betaBinomial(0.5, 0.5, 12)',
      'betaBinomial(2, 2, 12)',
      'betaBinomial(8, 3, 12)',
    ),
    hypergeometric: bars(
      [0, 12],
      'hypergeometric(50, 10, 12)',
      'hypergeometric(50, 25, 12)',
      'hypergeometric(50, 40, 12)',
    ),
    orderedLogistic: bars([0, 3], 'orderedLogistic(0, [-1, 0, 2])', 'orderedLogistic(2, [-1, 0, 2])'),
    zeroInflated: bars(
      [0, 12],
      'zeroInflated(poisson(4), { gate: 0 })',
      'zeroInflated(poisson(4), { gate: 0.3 })',
    ),
  },
  multivariate: {
    multivariateNormal: plane(
      [-4, 4],
      [-4, 4],
      'multivariateNormal([0, 0], { covariance: [[1, 0.8], [0.8, 1]] })',
      'multivariateNormal([1, 0], { scaleTril: [[0.7, 0], [-1, 1]] })',
    ),
    multivariateNormalDiag: plane(
      [-4, 4],
      [-4, 4],
      'multivariateNormalDiag([0, 0], [1, 1])',
      'multivariateNormalDiag([0, 1], [1.5, 0.5])',
    ),
    multivariateNormalLowRank: plane(
      [-4, 4],
      [-4, 4],
      'multivariateNormalLowRank([0, 0], [[1], [1]], [0.1, 0.1])',
      'multivariateNormalLowRank([0, 0], [[1.2], [-0.4]], [0.2, 0.6])',
    ),
    multivariateStudentT: plane(
      [-4, 4],
      [-4, 4],
      'multivariateStudentT(1, [0, 0], { scaleTril: [[1, 0], [0, 1]] })',
      'multivariateStudentT(5, [0, 0], { scaleTril: [[1, 0], [0.8, 0.6]] })',
    ),
    dirichlet: triangle('dirichlet([2, 2, 2])', 'dirichlet([6, 3, 2])', 'dirichlet([0.8, 0.8, 0.8])'),
    multinomial: {
      ...triangle(
        'multinomial(10, { probs: [1/3, 1/3, 1/3] })',
        'multinomial(10, { probs: [0.2, 0.2, 0.6] })',
      ),
      total: 10,
    },
    dirichletMultinomial: {
      ...triangle(
        'dirichletMultinomial([4, 4, 4], 10)',
        'dirichletMultinomial([2, 2, 6], 10)',
        'dirichletMultinomial([0.5, 0.5, 0.5], 10)',
      ),
      total: 10,
    },
    oneHotCategorical: {
      ...bars(
        [0, 3],
        'oneHotCategorical({ probs: [0.1, 0.2, 0.3, 0.4] })',
        'oneHotCategorical({ logits: [2, 0, 1, -1] })',
      ),
      event: oneHot,
      label: 'the entry that is 1',
    },
    wishart: {
      ...plane(
        [0, 12],
        [-1, 1],
        'wishart(4, { scale: [[1, 0], [0, 1]] })',
        'wishart(5, { scale: [[1, 0.6], [0.6, 1]] })',
      ),
      event: correlated,
      labels: ['X₁₁ = X₂₂', 'correlation'],
    },
    inverseWishart: {
      ...plane(
        [0, 2],
        [-1, 1],
        'inverseWishart(4, { scale: [[1, 0], [0, 1]] })',
        'inverseWishart(5, { scale: [[2, 1], [1, 2]] })',
      ),
      event: correlated,
      labels: ['X₁₁ = X₂₂', 'correlation'],
    },
    lkjCholesky: {
      ...curves([-1, 1], 'lkjCholesky(2, 0.5)', 'lkjCholesky(2, 1)', 'lkjCholesky(2, 3)'),
      top: 1.5,
      event: (r: number) => [
        [1, 0],
        [r, Math.sqrt(1 - r * r)],
      ],
      label: 'L₂₁, the correlation',
    },
    matrixNormal: {
      ...plane(
        [-4, 4],
        [-4, 4],
        'matrixNormal([[0, 0]], [[1]], [[1, 0], [0.9, 0.5]])',
        'matrixNormal([[1, -1]], [[0.5]], [[1, 0], [0, 2]])',
      ),
      event: (x, y) => [[x, y]],
      labels: ['X₁₁', 'X₁₂'],
    },
    gaussianRandomWalk: plane([-5, 5], [-5, 5], 'gaussianRandomWalk(1, 2)', 'gaussianRandomWalk(0.5, 2)'),
    autoregressive: plane([-5, 5], [-5, 5], 'autoregressive([0.5], 1, 2)', 'autoregressive([-0.9], 1, 2)'),
  },
  relaxed: {
    continuousBernoulli: curves(
      [0, 1],
      'continuousBernoulli({ probs: 0.1 })',
      'continuousBernoulli({ probs: 0.5 })',
      'continuousBernoulli({ probs: 0.8 })',
    ),
    relaxedBernoulli: {
      ...curves(
        [0, 1],
        'relaxedBernoulli(0.3, { probs: 0.6 })',
        'relaxedBernoulli(1, { probs: 0.6 })',
        'relaxedBernoulli(2, { probs: 0.6 })',
      ),
      between: [1e-4, 1 - 1e-4],
      top: 4,
    },
    gumbelSoftmax: triangle(
      'gumbelSoftmax(0.7, { probs: [0.5, 0.3, 0.2] })',
      'gumbelSoftmax(1.5, { probs: [0.5, 0.3, 0.2] })',
      'gumbelSoftmax(3, { probs: [0.5, 0.3, 0.2] })',
    ),
    bernoulliStraightThrough: bars(
      [0, 1],
      'bernoulliStraightThrough(0.5, { probs: 0.3 })',
      'bernoulliStraightThrough(0.5, { logits: 2 })',
    ),
    oneHotCategoricalStraightThrough: {
      ...bars(
        [0, 3],
        'oneHotCategoricalStraightThrough(0.5, { probs: [0.1, 0.2, 0.3, 0.4] })',
        'oneHotCategoricalStraightThrough(0.5, { logits: [2, 0, 1, -1] })',
      ),
      event: oneHot,
      label: 'the entry that is 1',
    },
  },
  combinators: {
    mixture: curves(
      [-4, 5],
      'mixture({ probs: [0.3, 0.7] }, normal([-2, 1], [0.5, 1]))',
      'mixture({ probs: [0.5, 0.5] }, [normal(0, 0.5), laplace(2, 1)])',
    ),
    transformed: curves(
      [-1.2, 4],
      'transformed(normal(0, 1), biject.exp)',
      'transformed(normal(0, 1), biject.sigmoid)',
      'transformed(normal(0, 0.5), biject.tanh)',
    ),
    truncated: curves(
      [-3, 4],
      'truncated(normal(0, 1), { low: -1, high: 2 })',
      'truncated(gumbel(0, 1), { low: 0 })',
      'truncated(cauchy(0, 1), { high: 1 })',
    ),
    censored: {
      ...curves(
        [-2, 3],
        'censored(normal(0, 1), { low: -1, high: 2 })',
        'censored(normal(1, 1.5), { low: -1, high: 2 })',
      ),
      between: [-1 + 1e-5, 2 - 1e-5],
      atoms: [-1, 2],
    },
    folded: curves([-0.5, 5], 'folded(normal(0, 1))', 'folded(normal(1, 1))', 'folded(studentT(3, 2, 0.5))'),
    masked: curves([-3, 3], 'masked(normal(0, 1), true)', 'masked(normal(0, 1), false)'),
    independent: plane(
      [-4, 4],
      [-4, 4],
      'independent(normal([0, 1], [1.2, 0.6]))',
      'independent(laplace([0, 0], [1, 0.5]))',
    ),
    expand: curves([-4, 4], 'expand(normal(0, 1), [3])', 'expand(laplace(0, 1), [2, 2])'),
    delta: { ...curves([0, 4], 'delta(1)', 'delta(3)'), between: [0.001, 3.999], atoms: [1, 3] },
    improperUniform: curves(
      [-3, 3],
      'improperUniform(normal(0, 1).support)',
      'improperUniform(exponential(1).support)',
      'improperUniform(uniform(-1, 2).support)',
    ),
  },
}

export type Family = 'continuous' | 'discrete' | 'multivariate' | 'relaxed' | 'combinators'

function oneHot(category: number): Nested {
  return [0, 1, 2, 3].map((k) => Number(k === category))
}

/** A matrix with equal diagonal elements and this correlation. */
function correlated(x: number, correlation: number): Nested {
  return [
    [x, x * correlation],
    [x * correlation, x],
  ]
}
