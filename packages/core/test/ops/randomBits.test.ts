import '@tensorflow/tfjs-backend-cpu'
import { tidy } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key } from '../../src/index.ts'
import { randomBits } from '../../src/internal/index.ts'
import { keyTensor } from '../../src/ops/index.ts'

/** `jax.random.split(jax.random.key(7), 3)` of JAX 0.10.2, one key behind the other. */
const KEYS = [-669555573, 1954958720, 195045567, -232761665, 966301609, 1948237315]

test.each([1, 2, 5, 6])('%i random words are those of the keys that JAX makes', (count) => {
  tidy(() => {
    const plain = randomBits(key(7), count)
    expect(plain.dtype).toBe('int32')
    expect([...plain.dataSync()]).toEqual(KEYS.slice(0, count))
    expect([...randomBits(keyTensor(key(7)), count).dataSync()]).toEqual(KEYS.slice(0, count))
  })
})
