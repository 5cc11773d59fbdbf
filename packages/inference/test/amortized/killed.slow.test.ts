import { join } from 'node:path'
import { key, random } from '@variate/core'
import { expect, test } from 'vitest'
import { bundledFile } from '@variate/testing/bundledFile'
import { inFolder, trained } from './trained.ts'
import type { Point } from './training.ts'

const program = bundledFile(join(import.meta.dirname, 'training.ts'))

test.each(['wasm', 'eager'])(
  'a training by %s that is killed at each point of a save ends with the same bits',
  async (engine) => {
    await inFolder(async (whole) => {
      const { said } = await trained(program, whole, engine)
      for (const point of ['training', 'opening', 'writing', 'flushing', 'moving', 'moved'] satisfies Point[])
        await inFolder(async (path, left) => {
          for (let at = 1; at <= 3; at++)
            expect((await trained(program, path, engine, [point, at])).signal).toBe('SIGKILL')
          expect(numbersOf((await trained(program, path, engine)).said)).toEqual(numbersOf(said))
          expect(left()).toEqual(['vae.safetensors'])
        })
    })
  },
)

test.each(['wasm', 'eager'])(
  'a training by %s that is killed at any times ends with the same bits',
  async (engine) => {
    await inFolder(async (whole) => {
      const begin = performance.now()
      const { said } = await trained(program, whole, engine)
      const longest = performance.now() - begin
      for (let round = 0; round < 4; round++)
        await inFolder(async (path) => {
          const times = random.uniform(key(round), [6]).data
          for (const time of times) await trained(program, path, engine, undefined, time * longest)
          expect(numbersOf((await trained(program, path, engine)).said)).toEqual(numbersOf(said))
        })
    })
  },
)

/** What does not depend on how often it was stopped. */
function numbersOf(said: string): object {
  const { params, bytes } = JSON.parse(said) as { readonly params: object; readonly bytes: string }
  return { params, bytes }
}
