import { enableProdMode } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { autoencoder } from '../src/autoencoder.ts'
import { digits } from '../src/digits.ts'
import { oldFaithful } from '../src/oldFaithful.ts'
import { output } from '../src/output.ts'
import type { Tour } from '../src/tour.ts'

// As in the tour, TensorFlow.js prints no greeting.
enableProdMode()

/** A tour on nothing but memory, which is stopped when progress says `moment`. */
function stoppedAt(moment: string): { tour: Tour; text: () => string; names: string[] } {
  const controller = new AbortController()
  let text = ''
  const names: string[] = []
  const tour: Tour = {
    output: output({
      write: (more) => {
        text += more
        return true
      },
    }),
    pictures: {
      saved: [],
      save: async (name) => {
        names.push(name)
      },
    },
    progress: () => ({
      show: (_share, note) => {
        if (note.startsWith(moment)) controller.abort()
      },
      clear: () => {},
    }),
    signal: controller.signal,
    quick: true,
  }
  return { tour, text: () => text, names }
}

test('when Old Faithful is stopped, the best of the mixtures fitted so far is told and drawn', async () => {
  const { tour, text, names } = stoppedAt('2 components, full')
  await oldFaithful(tour)
  expect(text()).toContain('Stopped after 5 of 12 mixtures: the best so far.')
  expect(text()).toContain('Chosen: 2 components, full covariance, BIC 2322.19')
  expect(text().match(/not tried/g)).toHaveLength(7)
  expect(names).toHaveLength(3)
})

test('when Old Faithful is stopped before its first fit, it says so and draws nothing', async () => {
  const { tour, text, names } = stoppedAt('fitting')
  await oldFaithful(tour)
  expect(text()).toContain('Stopped before the first fit had ended')
  expect(names).toEqual([])
})

test('when the digits are stopped, the mixture of the last iteration is told and drawn', async () => {
  const { tour, text, names } = stoppedAt('iteration 3')
  await digits(tour)
  expect(text()).toContain('Stopped after 3 iterations of EM: the best so far.')
  expect(text()).toMatch(/^iterations +3, not converged$/m)
  expect(names).toHaveLength(2)
})

test('when the digits are stopped during k-means, it says so and draws nothing', async () => {
  const { tour, text, names } = stoppedAt('k-means')
  await digits(tour)
  expect(text()).toContain('Stopped before the first iteration of EM')
  expect(names).toEqual([])
})

test.each([
  [oldFaithful, 'fitting'],
  [digits, 'EM'],
  [autoencoder, 'compiling'],
])('%o stopped as its fit begins neither fails nor draws', async (part, moment) => {
  const { tour, text, names } = stoppedAt(moment)
  await part(tour)
  expect(text()).toContain('Stopped before')
  expect(names).toEqual([])
})
