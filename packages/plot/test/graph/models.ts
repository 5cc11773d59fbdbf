import '@tensorflow/tfjs-backend-cpu'
import { add, gather, mul, sub } from '@variate/core/ops'
import {
  bernoulli,
  categorical,
  dirichlet,
  halfCauchy,
  independent,
  logNormal,
  normal,
  type Numbers,
} from '@variate/distributions'
import { mlp, model, positive, real, type ModelGraph } from '@variate/language'

const eightSchools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau))
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )

const mixture = model('mixture')
  .latent('weights', dirichlet([1, 1, 1]))
  .plate('component', 3, (k) => k.latent('mean', normal(0, 3)).latent('scale', halfCauchy(1)))
  .plate('point', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ mean, scale, c }) => normal(gather(mean, c), gather(scale, c))),
  )

const topics = model('topics')
  .plate('topic', 4, (topic) => topic.latent('phi', dirichlet([0.5, 0.5, 0.5])))
  .plate('document', 'documents', (document) =>
    document
      .latent('shares', dirichlet([1, 1, 1, 1]))
      .plate('position', 'positions', (at) =>
        at
          .latent('topicOfWord', ({ shares }) => categorical({ probs: shares }))
          .observed('word', ({ phi, topicOfWord }) => categorical({ probs: gather(phi, topicOfWord) })),
      ),
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

const hiddenChain = model('hidden chain')
  .plate('state', 3, (state) => state.latent('transition', dirichlet([1, 1, 1])).latent('mean', normal(0, 5)))
  .markov('time', 'T', (step) =>
    step
      .latent('z', categorical({ probs: [0.3, 0.3, 0.4] }), ({ transition }, { z }) =>
        categorical({ probs: gather(transition, z) }),
      )
      .observed('x', ({ z, mean }) => normal(gather(mean, z), 1)),
  )

const feedback = model('feedback').markov('time', 'T', (step) =>
  step
    .latent('z', normal(0, 1), (_, { z }) => normal(z, 1))
    .latent(
      'u',
      ({ z }) => normal(z, 1),
      ({ z }, { u, z: before }) => normal(add(z, add(u, before)), 1),
    )
    .observed('x', ({ u }) => normal(u, 1)),
)

const autoencoder = model('variational autoencoder')
  .network('decoder', mlp([2, 5, 4]))
  .plate('image', 'n', (image) =>
    image
      .latent('z', independent(normal([0, 0], 1), 1))
      .observed('pixels', ({ decoder, z }) => independent(bernoulli({ logits: decoder(z) }), 1)),
  )

const regression = model('a <penalised> regression & its "factor"')
  .param('slope', real())
  .param('sigma', positive())
  .factor('penalty', ({ slope }) => mul(-1, mul(slope, slope)))
  .plate('point', 'n', (point) =>
    point
      .input('x')
      .deterministic('line', ({ slope, x }) => mul(slope, x))
      .observed('y', ({ line, sigma }) => normal(line, sigma)),
  )

const nested = model('schools and classes')
  .latent('mu', normal(0, 10))
  .plate('school', 'schools', (school) =>
    school
      .latent('schoolMean', ({ mu }) => normal(mu, 2))
      .plate('class', 'classes', (own) =>
        own
          .latent('classMean', ({ schoolMean }) => normal(schoolMean, 1))
          .plate('pupil', 'pupils', (pupil) =>
            pupil.observed('score', ({ classMean }) => normal(classMean, 3)),
          ),
      ),
  )

const raters = model('raters')
  .plate('student', 'students', (s) => s.latent('ability', normal(0, 1)))
  .plate('item', 'items', (i) => i.latent('difficulty', normal(0, 1)))
  .plate('rater', 'raters', (r) => r.latent('severity', normal(0, 1)))
  .plate('student', 'students', (s) =>
    s.plate('item', 'items', (i) =>
      i.plate('rater', 'raters', (r) =>
        r.observed('grade', ({ ability, difficulty, severity }) =>
          normal(sub(sub(ability, difficulty), severity), 1),
        ),
      ),
    ),
  )

const sum = (...terms: readonly Numbers[]): Numbers => terms.reduce((a, b) => add(a as number, b as number))

const stores = model('twenty sites')
  .latent('a', normal(0, 1))
  .latent('b', normal(0, 1))
  .param('w', real())
  .latent('scaleA', halfCauchy(1))
  .latent('scaleB', halfCauchy(1))
  .plate('region', 5, (region) =>
    region
      .latent('regionEffect', ({ a, scaleA }) => normal(a, scaleA))
      .plate('store', 'stores', (store) =>
        store
          .latent('storeEffect', ({ regionEffect }) => normal(regionEffect, 1))
          .input('area')
          .deterministic('base', ({ storeEffect, area, w }) => add(storeEffect, mul(w, area))),
      ),
  )
  .plate('week', 'weeks', (week) =>
    week
      .latent('season', ({ b, scaleB }) => normal(b, scaleB))
      .input('holiday')
      .deterministic('trend', ({ season, holiday }) => add(season, holiday)),
  )
  .plate('region', 5, (region) =>
    region.plate('store', 'stores', (store) =>
      store.plate('week', 'weeks', (week) =>
        week
          .input('price')
          .latent('noise', normal(0, 1))
          .deterministic('demand', ({ base, trend, noise, price }) => sum(base, trend, noise, price))
          .latent('stock', ({ demand }) => normal(demand, 1))
          .latent('shelf', ({ stock }) => normal(stock, 1))
          .observed('sales', ({ demand, shelf }) => normal(sum(demand, shelf), 1))
          .observed('returns', ({ demand }) => normal(demand, 1))
          .observed('delay', ({ stock, shelf }) => normal(stock, halfOf(shelf))),
      ),
    ),
  )

function halfOf(x: Numbers): Numbers {
  return mul(0.5, x as number)
}

/** Graphs of models as the language tells them. */
export const GRAPHS: readonly ModelGraph[] = [
  eightSchools.graph(),
  mixture.graph(),
  topics.graph(),
  itemResponse.graph(),
  hiddenChain.graph(),
  feedback.graph(),
  autoencoder.graph(),
  regression.graph(),
  nested.graph(),
  raters.graph(),
  stores.graph(),
]
