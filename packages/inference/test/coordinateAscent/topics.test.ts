import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather } from '@variate/core/ops'
import { categorical, dirichlet } from '@variate/distributions'
import { coordinateAscent } from '@variate/inference'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'
import oracle from './oracles/coordinateAscent.json' with { type: 'json' }

checkLeaks()

const { alpha, eta, words, start, iterations, history, gamma, lambda, phi } = oracle.topics

const allocation = model('latent Dirichlet allocation')
  .plate('topic', 2, (k) => k.latent('words', dirichlet(Array<number>(5).fill(eta))))
  .plate('document', 'documents', (d) =>
    d
      .latent('topics', dirichlet([alpha, alpha]))
      .plate('token', 'tokens', (i) =>
        i
          .latent('z', ({ topics }) => categorical({ probs: topics }))
          .observed('w', ({ words: all, z }) => categorical({ probs: gather(all, z) })),
      ),
  )

const distance = (got: ArrayLike<number>, expected: unknown): number => {
  const flat = [expected].flat(Infinity) as number[]
  expect(got.length).toBe(flat.length)
  return Math.max(...flat.map((x, i) => Math.abs(got[i]! - x)))
}

test('latent Dirichlet allocation is that of the updates written out, bound for bound', async () => {
  const fit = await coordinateAscent(allocation).fit(
    { w: words },
    { init: { z: start }, maxIterations: iterations, tolerance: 0 },
  )
  expect(
    distance(
      fit.history.map(({ elbo }) => elbo),
      history,
    ),
  ).toBeLessThan(1e-10)
  expect(distance(fit.posterior.factors.topics.parameters['concentration']!.data, gamma)).toBeLessThan(1e-10)
  expect(distance(fit.posterior.factors.words.parameters['concentration']!.data, lambda)).toBeLessThan(1e-10)
  expect(distance(fit.posterior.probabilities.z.data, phi)).toBeLessThan(1e-10)
})

test('documents of words with their counts, in a flat plate, give the same', async () => {
  const flat = model('flat')
    .plate('topic', 2, (k) => k.latent('words', dirichlet(Array<number>(5).fill(eta))))
    .plate('document', 4, (d) => d.latent('topics', dirichlet([alpha, alpha])))
    .plate('token', 'tokens', (i) =>
      i
        .input('document')
        .latent('z', ({ topics, document }) => categorical({ probs: gather(topics, document) }))
        .observed('w', ({ words: all, z }) => categorical({ probs: gather(all, z) })),
    )
  const fit = await coordinateAscent(flat).fit(
    { w: words.flat(), document: words.flatMap((own, d) => own.map(() => d)) },
    { init: { z: start.flat() }, maxIterations: iterations, tolerance: 0 },
  )
  expect(
    distance(
      fit.history.map(({ elbo }) => elbo),
      history,
    ),
  ).toBeLessThan(1e-10)
})
