import { call, canDraw, Comparisons, type Tally } from '@variate/testing'
import type * as tf from '@tensorflow/tfjs-core'
import { once } from './checkMembers.ts'
import { groupsOf, type Group } from './groups.ts'
import type { Subject } from './subjects.ts'
import { compiledWays, eagerly, type Numbers } from './ways.ts'

const DRAWS = 12
/** As words, which are an argument of the program: nothing of the draws can be computed beforehand. */
const KEY: Numbers = { shape: [2], data: Int32Array.of(-1_234_567_890, 987_654_321) }

/** Cases that can be drawn from: not those without draws, nor those of counts beyond int32, which are refused. */
export function drawable({ cases, ...subject }: Subject): Subject {
  return { ...subject, cases: cases.filter(({ args }) => canDraw(call(subject.make, args))) }
}

/**
 * Draws from a key, compiled, against eager ones: the same words give the same counts below 1e5, and real numbers to 1e-5 of
 * themselves, and 2 ulp of the largest of the parameters and draws.
 */
export function checkDraws(subject: Subject): Tally {
  const tally = new Comparisons(subject.name, 'draws, compiled')
  for (const group of groupsOf(once(subject))) {
    const program = (words: tf.Tensor, ...parameters: readonly tf.Tensor[]) => [
      group.make(parameters).sample!(words as never, [DRAWS]),
    ]
    const inputs = [KEY, ...group.columns.slice(1)]
    const { support } = group.plain(group.rows[0]![0])
    const [eager] = eagerly.run(program as never, inputs)
    const elements = group.rows.length
    const each = eager!.data.length / DRAWS / elements
    const largest = largestOf(group, eager!.data, each)
    for (const way of compiledWays.filter(({ isInLoops }) => !isInLoops)) {
      const [got] = way.run(program as never, inputs)
      for (let i = 0; i < eager!.data.length; i++) {
        const [expected, found] = [eager!.data[i]!, got!.data[i]!]
        const element = Math.floor(i / each) % elements
        const [item] = group.rows[element]!
        const at = `case "${item.name}", draw ${Math.floor(i / each / elements)}, ${way.name}`
        const close = 1e-5 * Math.abs(expected)
        tally.compare({
          at,
          expected,
          got: found,
          allowed: support.isDiscrete ? close : close + 2 ** -22 * largest[element]!,
        })
      }
    }
  }
  return tally.close()
}

/** The largest number of each element's parameters and draws. */
function largestOf({ rows, columns }: Group, draws: ArrayLike<number>, each: number): readonly number[] {
  const drawn = Array.from(draws)
  return rows.map((_, element) => {
    const parameters = columns.slice(1).flatMap(({ data }) => {
      const length = data.length / rows.length
      return data.slice(element * length, (element + 1) * length)
    })
    const own = drawn.filter((__, i) => Math.floor(i / each) % rows.length === element)
    return [...parameters, ...own].filter(Number.isFinite).reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  })
}
