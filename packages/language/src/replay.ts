import { DomainError, NdArray, VariateError } from '@variate/core'
import { entryOf } from './entryOf.ts'
import { plainRows } from './plainRows.ts'
import type { Program } from './program.ts'
import { NONE, predictiveOf, sampleOf, type AnyOptions, type Sample } from './sampling.ts'

/**
 * Goes through a program again: sites that a draw has keep its values, others are drawn. What the program computes, or has a
 * value for, is as the program has it.
 */
export function replayOf(
  program: Program,
  draw: Readonly<Record<string, unknown>>,
  options: AnyOptions = NONE,
): Sample {
  const who = `model "${program.name}": replay`
  const { given = {}, count } = options
  const kept = keptOf(program, draw)
  const twice = Object.keys(kept).find((name) => entryOf(given, name) !== undefined)
  if (twice !== undefined)
    throw new DomainError(`${who}: "${twice}" is in the draw, and given as well: leave one out`)
  if (count === undefined) {
    try {
      return sampleOf(program, { ...options, given: { ...given, ...kept } }, who)
    } catch (error) {
      throw withHint(error, kept)
    }
  }
  const rows = Object.entries(kept).map(([name, x]): [string, NdArray] => {
    const { data, shape } = plainRows(x, `${who}: "${name}"`)
    if (shape[0] === count) return [name, new NdArray(data, shape)]
    throw new DomainError(
      `${who}: count is ${count}, and "${name}" has shape [${shape}]: the draws lie along the first axis`,
    )
  })
  if (rows.length === 0) return sampleOf(program, options, who)
  return predictiveOf(program, Object.fromEntries(rows), options, who)
}

function keptOf({ declarations }: Program, draw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = declarations.filter((site) => site.kind === 'deterministic' || ('value' in site && site.value))
  const names = new Set(own.map(({ name }) => name))
  return Object.fromEntries(Object.entries(draw).filter(([name, x]) => x !== undefined && !names.has(name)))
}

/** Tells how several draws are replayed where what is given may be several. */
function withHint(error: unknown, kept: Readonly<Record<string, unknown>>): unknown {
  const counts = new Set(Object.values(kept).map((x) => (x instanceof NdArray ? x.shape[0] : undefined)))
  const [count] = counts
  if (!(error instanceof VariateError) || counts.size !== 1 || count === undefined) return error
  const Kind = error.constructor as new (message: string, options?: ErrorOptions) => VariateError
  return new Kind(`${error.message}; if the draw has ${count} along a first axis, say count: ${count}`, {
    cause: error,
  })
}
