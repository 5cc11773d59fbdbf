import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { expect, test } from 'vitest'
import { drawable } from './checkDraws.ts'
import { once } from './checkMembers.ts'
import { groupsOf } from './groups.ts'
import { subjects } from './subjects.ts'

const DRAWS = 12
const drawn = subjects.map(drawable).filter(({ cases }) => cases.length > 0)

test.each(drawn.map((subject) => [subject.name, subject] as const))(
  'JavaScript is called for no random numbers of %s',
  (_, subject) => {
    const called = groupsOf(once(subject)).flatMap((group) => {
      const f = compile(
        (words: tf.Tensor, ...parameters: tf.Tensor[]) =>
          group.make(parameters).sample!(words as never, [DRAWS]),
        { engine: 'wasm' },
      )
      const given = group.columns
        .slice(1)
        .map(({ data, shape }) => tf.tensor([...data], [...shape], 'float32'))
      tf.dispose([f(Int32Array.of(-1_234_567_890, 987_654_321), ...given) as tf.Tensor, given])
      return f.explain().called
    })
    expect(called.filter((op) => op.includes('draw'))).toEqual([])
  },
)
