import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { key, type Key, type NdArray } from '@variate/core'
import { concat, constant, gather, reshape } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { model, type Model } from '@variate/language'
import { bind } from '@variate/language/internal'
import { expect, test } from 'vitest'
import { block } from '../src/block.ts'
import { affineMap } from '../src/flows/affineMap.ts'
import { coupling } from '../src/flows/coupling.ts'
import { flowVector } from '../src/flows/flowVector.ts'
import { planar } from '../src/flows/planar.ts'
import { hierarchicalVector } from '../src/hierarchicalVector.ts'
import { lowRankVector } from '../src/lowRankVector.ts'
import { mixtureVector } from '../src/mixtureVector.ts'
import { middle } from '../src/start.ts'
import type { ParamArrays, ParamTree, SiteTensors } from '../src/variational.ts'

const program = model('pairs').plate('i', 3, (i) =>
  i
    .latent('a', normal(0, 1))
    .latent('b', normal([0, 0], 1))
    .observed('x', ({ a }) => normal(a, 1)),
) as unknown as Model
const bound = bind(
  program.program,
  { x: [1, 2, 3] },
  { who: 'test', needed: ({ kind }) => kind === 'observed' },
)
const sites = bound.program.declarations.filter(({ kind }) => kind === 'latent') as never

const families = [
  flowVector('real NVP', 0.5, (size) => [0, 1].map((at) => coupling(size, at, [4], affineMap))),
  flowVector('planar', 0.5, (size) => [planar(size)]),
  lowRankVector(1, 0.5),
  mixtureVector(2, 0.5, 1),
  hierarchicalVector(2, 0.5, () => [4]),
]

test.each(families.map((family) => [family.name, family] as const))(
  '%s: each element of a plate has a distribution of its own',
  (_, family) => {
    const q = block(bound, sites, ['i'], family, middle, 'test')
    const name = 'a,b'
    const run = compile(
      (params: never, words: Tensor) => {
        const context = { params, data: {}, sizes: bound.sizes } as never
        const values = q.draw(context, words)
        const whole = q.logProbs(context, values)[name]!
        const reverse = q.reverse ? q.reverse.logProbs(context, values)[`${name}\0reverse`]! : whole
        const more = Object.entries(values).filter(([of]) => of.startsWith(`${name}\0`))
        const elements = [0, 1, 2].map((at) => {
          const own = rowOf((params as ParamTree)[name] as ParamTree, at)
          const [a, b] = ['a', 'b'].map((of) => gather(values[of]!, constant([at], 'int32')))
          const vector = concat([a!, reshape(b!, [2])])
          const extra = Object.fromEntries(
            more.map(([of, x]) => [of.slice(name.length + 1), gather(x, at)]),
          ) as SiteTensors
          const draw = { vector, more: extra }
          const density = family.logProb(own, draw, 3)
          return { density, reverse: family.logReverse?.(own, draw, 3) ?? density }
        })
        return { whole, reverse, elements }
      },
      { precision: 'float64' },
    ) as unknown as (params: ParamArrays, words: Key) => Result
    const { whole, reverse, elements } = run(q.init(key(1)), key(2))
    expect(whole.shape).toEqual([3])
    for (const [at, element] of elements.entries()) {
      expect(whole.data[at]).toBeCloseTo(element.density.data[0]!, 10)
      expect(reverse.data[at]).toBeCloseTo(element.reverse.data[0]!, 10)
    }
    expect(new Set(whole.data).size).toBe(3)
  },
)

interface Result {
  readonly whole: NdArray
  readonly reverse: NdArray
  readonly elements: readonly { readonly density: NdArray; readonly reverse: NdArray }[]
}

function rowOf(tree: ParamTree, at: number): ParamTree {
  return Object.fromEntries(
    Object.entries(tree).map(([name, x]) => [
      name,
      'shape' in x ? gather(x as Tensor, at) : rowOf(x as ParamTree, at),
    ]),
  )
}
