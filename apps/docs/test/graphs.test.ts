import { expect, test } from 'vitest'
import { makeGraphs } from '../.vitepress/graphsPlugin.ts'

test('the page of graphs has a picture of each of its models, made of the code that it shows', async () => {
  const pictures = await makeGraphs()
  expect(Object.keys(pictures)).toEqual([
    'eightSchools',
    'mixture',
    'topics',
    'itemResponse',
    'hiddenChain',
    'autoencoder',
  ])
  const textsOf = (picture: string): readonly string[] =>
    [...picture.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!)
  expect(textsOf(pictures['eightSchools']!).toSorted()).toEqual(
    ['mu', 'tau', 'sigma', 'theta', 'y', 'school (8)'].toSorted(),
  )
  expect(pictures['itemResponse']).toContain(
    'aria-label="model &quot;item response&quot;: skill (latent). difficulty (latent). slope (latent).',
  )
})
