import { variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32 } from '../../../wasm/value.ts'
import { split } from '../split.ts'
import { plus } from '../integers.ts'
import type { Geometry } from './geometry.ts'

/** How many bytes of patches lie in memory at a time, where a line of the result has no more: what a second-level cache keeps. */
const BYTES = 2 ** 18

/** Lines of the result, of all images one after the other, that are computed together. */
export interface Lines {
  readonly count: number
  /** Pixels in them: the rows of a product. */
  readonly pixels: number
}

/** Blocks of lines of one or two lengths. */
interface Blocks {
  /** Whether each begins with an image, so that the same numbers of its patches lie outside of them. */
  readonly areAlike: boolean
  readonly longest: Lines
  readonly parts: readonly { readonly lines: Lines; readonly times: number }[]
}

export function blocksOf({ images, result, patch }: Geometry, bytes: number): Blocks {
  const [down, across] = result
  const most = Math.max(1, Math.floor(BYTES / (across * patch * bytes)))
  // Whole images if one fits.
  const unit = most >= down ? down : 1
  const { length, count, shorterCount } = split((images * down) / unit, Math.floor(most / unit))
  const part = (units: number, times: number) => ({
    lines: { count: units * unit, pixels: units * unit * across },
    times,
  })
  const parts = [part(length, count), ...(shorterCount > 0 ? [part(length - 1, shorterCount)] : [])]
  return { areAlike: unit === down, longest: parts[0]!.lines, parts }
}

/** Statements for block after block, of lines from `first` on. */
export function overLines(
  { parts }: Blocks,
  body: (lines: Lines, first: Variable) => readonly Statement[],
): readonly Statement[] {
  const first = variable(I32)
  return [
    { variable: first, to: whole(0) },
    ...parts.flatMap(({ lines, times }): readonly Statement[] => {
      const turn = [...body(lines, first), { variable: first, to: plus(first.get, lines.count) }]
      if (times === 1) return turn
      return [
        { index: variable(I32), from: whole(0), to: whole(times), step: 1, mayBeEmpty: false, body: turn },
      ]
    }),
  ]
}
