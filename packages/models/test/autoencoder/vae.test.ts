import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { adam } from '@variate/inference'
import { vae } from '@variate/models/autoencoders'
import { expect, test } from 'vitest'
import { checkGradients } from './checkGradients.ts'

const small = { data: 3, latents: 2, hidden: [3], activation: 'tanh' } as const

test('derivatives of all parameters are those of differences', () => {
  checkGradients(vae(small), { x: [[1, 0, 1], [0, 0, 1]] }) // prettier-ignore
})
