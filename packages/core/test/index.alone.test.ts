import { describe, expect, it } from 'vitest'

describe('@variate/core', () => {
  it('does not load TensorFlow.js', async () => {
    const core = await import('../src/index.ts')
    expect(core.random).toBeDefined()
    // tfjs-core leaves its engine here as soon as it is loaded.
    expect(globalThis).not.toHaveProperty('_tfengine')
  })
})
