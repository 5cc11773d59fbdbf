import type { Benchmark } from '../benchmark.ts'
import { inPlainNode } from '../inPlainNode.ts'
import { machine } from '../machine.ts'
import { withDigitFiles } from './digitFiles.ts'
import { DIGIT_MODELS, type DigitModelName } from './digitModels.ts'
import { digitSplit } from './digitSplit.ts'
import { judge, type Side } from './judge.ts'
import { reportOf, type Found } from './report.ts'

const SEEDS = [0, 1, 2]
const FULL = { epochs: 100, particles: 5000 } as const
const QUICK = { epochs: 1, particles: 10 } as const
const SIDES: readonly Side[] = ['ours', 'torch']

/** PyTorch fits the model that is compared with it by all seeds; its relatives by one, to see whether they differ there as well. */
const seedsOf = (side: Side, model: DigitModelName): readonly number[] =>
  side === 'ours' || model === 'vae' ? SEEDS : [SEEDS[0]!]

/** Where runs are kept, one file each. */
const FOLDER = new URL('../../results/digits/', import.meta.url)

/** Autoencoders of MNIST, ours and PyTorch's, by the likelihood of digits that they have not seen: an hour. */
export const digits: Benchmark = {
  name: 'digits',
  about: 'autoencoders on MNIST: test log-likelihood against PyTorch; an hour, runs that are done are kept',
  isLong: true,
  async run({ quick, status }) {
    const split = await digitSplit(quick ? 0.02 : 1)
    const found = await withDigitFiles(split, (files) =>
      inPlainNode(new URL('judgeChild.ts', import.meta.url), async (run) => {
        const all: Found[] = []
        for (const model of Object.keys(DIGIT_MODELS) as DigitModelName[])
          for (const side of SIDES)
            for (const seed of quick ? [0] : seedsOf(side, model)) {
              const task = { side, model, seed, ...(quick ? QUICK : FULL) }
              all.push({ ...task, ...(await judge(task, files, run, quick ? undefined : FOLDER, status)) })
            }
        return all
      }),
    )
    return reportOf(found, machine(), quick)
  },
}
