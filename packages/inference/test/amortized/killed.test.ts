import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundledFile } from '@variate/testing/bundledFile'
import { inFolder, trained } from './trained.ts'
import type { Point } from './training.ts'

const program = bundledFile(join(import.meta.dirname, 'training.ts'))

/** Where processes are killed that follow each other: the n-th save of each, or a step. */
const POINTS: readonly (readonly [Point, number])[] = [
  ['training', 5],
  ['writing', 2],
  ['moving', 1],
  ['moved', 3],
]

test('a training that is killed again and again ends with the same bits as one that is not', async () => {
  await inFolder(async (whole, leftOfWhole) => {
    const { said } = await trained(program, whole, 'wasm')
    expect(leftOfWhole()).toEqual(['vae.safetensors'])
    await inFolder(async (path, left) => {
      for (const point of POINTS) expect((await trained(program, path, 'wasm', point)).signal).toBe('SIGKILL')
      // The first was killed before it had saved; the others have left 1, 0 and 3 epochs of 10.
      const last = await trained(program, path, 'wasm')
      const [own, truth] = [last, { said }].map((ended) => JSON.parse(ended.said) as Record<string, unknown>)
      expect(own!['saves']).toBe(6)
      expect(truth!['saves']).toBe(10)
      expect(own!['params']).toEqual(truth!['params'])
      expect(own!['bytes']).toBe(truth!['bytes'])
      expect(left()).toEqual(['vae.safetensors'])
    })
  })
})
