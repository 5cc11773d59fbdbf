import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather } from '@variate/core/ops'
import { categorical, dirichlet, normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const hiddenChain = model('hidden chain')
  .plate('state', 3, (state) => state.latent('transition', dirichlet([1, 1, 1])).latent('mean', normal(0, 5)))
  .markov('time', 'T', (step) =>
    step
      .latent('z', categorical({ probs: [0.3, 0.3, 0.4] }), ({ transition }, { z }) =>
        categorical({ probs: gather(transition, z) }),
      )
      .observed('x', ({ z, mean }) => normal(gather(mean, z), 1)),
  )

const edgesOf = ({ edges }: ReturnType<typeof hiddenChain.graph>): readonly string[] =>
  edges.map(({ from, to, isFromStepBefore }) => `${from} ${isFromStepBefore ? '⇢' : '→'} ${to}`)

test('a site of a chain depends on what its own functions read, not on what others of the step do', () => {
  expect(edgesOf(hiddenChain.graph()).toSorted()).toEqual(
    ['transition → z', 'z ⇢ z', 'z → x', 'mean → x'].toSorted(),
  )
})

test('what a site of a chain depends on is the same after draws and densities', async () => {
  const before = edgesOf(hiddenChain.graph())
  const { z, x, transition, mean } = await hiddenChain.sample({ seed: 0, sizes: { T: 4 } })
  await hiddenChain.logJoint({ z, x, transition, mean })
  expect(edgesOf(hiddenChain.graph())).toEqual(before)
})
