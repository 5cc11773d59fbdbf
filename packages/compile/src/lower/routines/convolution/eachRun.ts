import { variable, whole, type Statement } from '../../../wasm/statement.ts'
import { I32, value, type Value } from '../../../wasm/value.ts'
import { least, minus, plus, times } from '../integers.ts'
import { inside, type Geometry } from './geometry.ts'

/** What is done with neighbours of an image, `count` numbers from an address on, and their place in a patch. */
type Run = (image: Value, patch: Value, count: number) => readonly Statement[]

/**
 * Goes through the patches of some lines of the result, one after the other: what of them lies within the images, as much at once
 * as lies side by side in both. Numbers that neighbouring patches share come as often as these have them.
 *
 * @param lines of all images one after the other, from the first to before the last.
 * @param x where the images begin.
 * @param patches where the patch of the first pixel begins; they lie row by row.
 */
export function eachRun(
  g: Geometry,
  bytes: number,
  { first, count, x, patches }: { first: Value; count: Value; x: Value; patches: Value },
  run: Run,
): readonly Statement[] {
  const [height, width] = g.image
  const [rows, columns] = g.filter
  const [down, across] = g.result
  const pixel = g.ins * bytes
  const patch = g.patch * bytes
  const line = variable(I32)
  const [top, at, row, place] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const number = plus(first, line.get)
  const image = value(I32, [0x6e], [number, whole(down)])

  /** Pixels j of the line, each with all its columns side by side. */
  const wholePixels = (from: number, to: number): readonly Statement[] =>
    loop(whole(from), whole(to), from < to, (j) =>
      run(
        plus(row.get, times(minus(times(j, g.strides[1]), g.before[1]), pixel)),
        plus(place.get, times(j, patch)),
        columns * g.ins,
      ),
    )
  /** Pixels j of the line, each column by column. */
  const partlyOutside = (from: number, to: number): readonly Statement[] =>
    loop(whole(from), whole(to), from < to, (j) => {
      const left = variable(I32)
      return [
        { variable: left, to: minus(times(j, g.strides[1]), g.before[1]) },
        ...within(left.get, columns, g.dilations[1], width, (c) =>
          run(
            plus(row.get, times(plus(left.get, times(c, g.dilations[1])), pixel)),
            plus(plus(place.get, times(j, patch)), times(c, pixel)),
            g.ins,
          ),
        ),
      ]
    })
  const [from, to] = inside(g)
  const turn = within(top.get, rows, g.dilations[0], height, (r) => [
    { variable: row, to: plus(at.get, times(plus(top.get, times(r, g.dilations[0])), width * pixel)) },
    { variable: place, to: plus(plus(patches, times(line.get, across * patch)), times(r, columns * pixel)) },
    ...partlyOutside(0, from),
    ...wholePixels(from, to),
    ...partlyOutside(to, across),
  ])
  return [
    {
      index: line,
      from: whole(0),
      to: count,
      step: 1,
      mayBeEmpty: false,
      body: [
        { variable: at, to: plus(x, times(image, height * width * pixel)) },
        { variable: top, to: minus(times(minus(number, times(image, down)), g.strides[0]), g.before[0]) },
        ...turn,
      ],
    },
  ]
}

/** Statements for what of a filter from `start` on lies in an image. */
function within(
  start: Value,
  count: number,
  dilation: number,
  length: number,
  body: (i: Value) => readonly Statement[],
): readonly Statement[] {
  const [from, to] = [variable(I32), variable(I32)]
  const ceiled = (x: Value): Value => {
    const positive = value(I32, [0x1b], [x, whole(0), value(I32, [0x4a], [x, whole(0)])])
    return dilation === 1 ? positive : value(I32, [0x6e], [plus(positive, dilation - 1), whole(dilation)])
  }
  return [
    { variable: from, to: ceiled(minus(whole(0), start)) },
    { variable: to, to: least(whole(count), ceiled(minus(whole(length), start))) },
    ...loop(from.get, to.get, undefined, body),
  ]
}

function loop(
  from: Value,
  to: Value,
  isSome: boolean | undefined,
  body: (i: Value) => readonly Statement[],
): readonly Statement[] {
  if (isSome === false) return []
  const index = variable(I32)
  return [{ index, from, to, step: 1, mayBeEmpty: isSome === undefined, body: body(index.get) }]
}
