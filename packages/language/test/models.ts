import { constant, gather, matVec, mul, sub, transpose } from '@variate/core/ops'
import {
  bernoulli,
  categorical,
  dirichlet,
  gamma,
  halfCauchy,
  logNormal,
  multinomial,
  multivariateNormal,
  normal,
  poisson,
  studentT,
} from '@variate/distributions'
import { model, positive, simplex, type Model } from '@variate/language'

// Models that several tests have, of which NumPyro knows the densities: oracles/generate-log-joints.py has them as well.

const eightSchools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )

const bayesianMixture = model('bayesian mixture')
  .plate('component', 3, (k) => k.latent('mu', normal(0, 3)))
  .plate('point', 'n', (i) =>
    i
      .latent('c', categorical({ probs: [1 / 3, 1 / 3, 1 / 3] }))
      .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
  )

const poissonMixture = model('poisson mixture')
  .param('weights', simplex(2))
  .plate('component', 2, (k) => k.param('rate', positive()))
  .plate('count', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
  )

const itemResponse = model('item response')
  .plate('student', 'students', (s) => s.latent('ability', normal(0, 1)))
  .plate('item', 'items', (i) =>
    i.latent('difficulty', normal(0, 2)).latent('discrimination', logNormal(0, 0.5)),
  )
  .plate('student', 'students', (s) =>
    s.plate('item', 'items', (i) =>
      i
        .deterministic('logits', ({ ability, difficulty, discrimination }) =>
          mul(discrimination, sub(ability, difficulty)),
        )
        .observed('correct', ({ logits }) => bernoulli({ logits })),
    ),
  )

const nested = model('schools and classes')
  .latent('mu', normal(0, 10))
  .plate('school', 'schools', (school) =>
    school
      .latent('schoolMean', ({ mu }) => normal(mu, 2))
      .plate('class', 'classes', (own) =>
        own
          .latent('classMean', ({ schoolMean }) => normal(schoolMean, 1))
          .observed('score', ({ classMean }) => studentT(4, classMean, 3)),
      ),
  )

const topics = model('topics')
  .plate('topic', 2, (topic) => topic.latent('topicWords', dirichlet([0.5, 0.5, 0.5, 0.5])))
  .plate('document', 'documents', (document) =>
    document
      .latent('weights', dirichlet([1, 1]))
      .observed('counts', ({ weights, topicWords }) =>
        multinomial(20, { probs: matVec(transpose(topicWords), weights) }),
      ),
  )

const localLevel = model('local level').markov('time', 'T', (step) =>
  step
    .latent('z', normal(0, 1), (_, { z }) => normal(mul(0.9, z), 0.3))
    .observed('x', ({ z }) => normal(z, 0.5)),
)

const correlated = model('correlated')
  .latent('scale', gamma(2, 1))
  .plate('point', 'n', (i) =>
    i.observed('x', ({ scale }) =>
      multivariateNormal([1, -1], {
        covariance: mul(scale, constant([[1, 0.3], [0.3, 2]])), // prettier-ignore
      }),
    ),
  )

export const MODELS: Readonly<Record<string, Model>> = {
  eightSchools,
  bayesianMixture,
  poissonMixture,
  itemResponse,
  nested,
  topics,
  localLevel,
  correlated,
} as unknown as Record<string, Model>
