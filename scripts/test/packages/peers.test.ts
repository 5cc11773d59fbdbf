import { describe, expect, test } from 'vitest'
import { readPackages, type Manifest } from '../../lib/workspace.ts'
import { peerProblems } from '../../packages/peers.ts'
import { packaged } from './packaged.ts'

const peer = { peerDependencies: { tensors: '^1.0.0' } }
const optional = { ...peer, peerDependenciesMeta: { tensors: { optional: true } } }

describe('a package that depends on another with a peer', () => {
  const problems = (core: Partial<Manifest>, models: Partial<Manifest>): readonly string[] =>
    peerProblems([
      packaged('core', { manifest: core }),
      packaged('models', { manifest: { dependencies: { '@variate/core': 'workspace:^' }, ...models } }),
    ])

  test('must name it, or npm installs it unasked', () => {
    expect(problems(peer, {})).toEqual([
      'packages/models: @variate/core brings its peer tensors, which is none of its own',
    ])
    expect(problems(peer, optional)).toHaveLength(1)
    expect(problems(peer, peer)).toEqual([])
  })

  test('need not where that is optional, or where it is private', () => {
    expect(problems(optional, {})).toEqual([])
    expect(problems(peer, { private: true })).toEqual([])
  })
})

test('there is none here', () => {
  expect(peerProblems(readPackages())).toEqual([])
})
