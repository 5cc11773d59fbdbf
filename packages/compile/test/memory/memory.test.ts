import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bundledFile } from '@variate/testing/bundledFile'
import type { Sample } from './child.ts'

const file = bundledFile(join(import.meta.dirname, 'child.ts'))

const PARTS = ['arrayBuffers', 'external', 'heapUsed', 'rss'] as const
type Slopes = Readonly<Record<(typeof PARTS)[number], number>>

/** The bytes that each cycle adds, when what is made once has been made. */
async function slopesOf(cycles: number, every: number, kept: boolean): Promise<Slopes> {
  // Code that is optimised, and what it is made of, grows with time and not with programs: without it the heap is theirs.
  const options = ['--expose-gc', '--no-opt', file, String(cycles), String(every)]
  const { stdout } = await promisify(execFile)(process.execPath, [...options, kept ? 'kept' : 'forgotten'])
  const { samples, tensors } = JSON.parse(stdout.split('\n')[0]!) as { samples: Sample[]; tensors: number }
  expect(tensors, 'tensors left').toBe(0)
  const slopes = PARTS.map(
    (part) => [part, slopeOf(samples.map((sample) => [sample.cycle, sample[part]]))] as const,
  )
  return Object.fromEntries(slopes) as Slopes
}

/** The median of the slopes between any two points: Theil and Sen's, which outliers do not move. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], i) => points.slice(i + 1).map(([u, v]) => (v - y) / (u - x)))
  return slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)]!
}

test(
  '500 programs that are compiled, run and forgotten leave memory as it was, which sees those that are kept',
  { timeout: 90_000 },
  async ({ annotate }) => {
    const kept = await slopesOf(60, 15, true)
    const forgotten = await slopesOf(500, 50, false)
    await annotate(`bytes a program: ${JSON.stringify({ forgotten, kept })}`)
    // What takes time to settle, pages of the allocator and what is compiled once, is far less than a program.
    for (const part of PARTS) expect(forgotten[part], part).toBeLessThan(kept[part] / 50)
  },
)
