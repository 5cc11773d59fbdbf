import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { Run } from '../inPlainNode.ts'
import type { DigitFiles } from './digitFiles.ts'
import { DIGIT_MODELS, type DigitModelName } from './digitModels.ts'
import { DigitPeer } from './digitPeer.ts'
import type { Judged, Judging } from './judged.ts'

export type Side = 'ours' | 'torch'

/** A fit to be judged. */
export interface JudgeTask extends Judging {
  readonly side: Side
  readonly model: DigitModelName
}

/** Digits after the point that are kept of nats: the rest is the noise of the draws. */
const DIGITS = 3

/**
 * Fits and judges, or reads what was found before: hours of runs are not lost when one fails. What is to be found anew is deleted there.
 *
 * @param folder where what was found is kept; nowhere if there is none.
 * @param run a process of judgeChild.ts.
 */
export async function judge(
  { side, model, ...how }: JudgeTask,
  files: DigitFiles,
  run: Run,
  folder: URL | undefined,
  status: (text: string) => void,
): Promise<Judged> {
  const kept = folder && new URL(`${side}-${model}-${how.seed}.json`, folder)
  const known = kept && (await readFile(kept, 'utf8').catch(() => undefined))
  if (known !== undefined) return JSON.parse(known) as Judged
  status(`${DIGIT_MODELS[model].name}, ${side}, seed ${how.seed}`)
  const judged =
    side === 'ours'
      ? (JSON.parse(await run([model, JSON.stringify({ ...how, ...files })])) as Judged)
      : await judgePeer(model, how, files, status)
  const rounded = { ...judged, pointwise: judged.pointwise.map((x) => Number(x.toFixed(DIGITS))) }
  if (kept) {
    await mkdir(new URL('.', kept), { recursive: true })
    await writeFile(kept, `${JSON.stringify(rounded)}\n`)
  }
  return rounded
}

async function judgePeer(
  model: DigitModelName,
  { seed, epochs, particles }: Judging,
  files: DigitFiles,
  status: (text: string) => void,
): Promise<Judged> {
  const peer = await DigitPeer.open(2, files, status)
  try {
    const fit = await peer.fit(epochs, seed, DIGIT_MODELS[model].peer)
    const { seconds, pointwise } = await peer.likelihood(particles, 1000 + seed)
    return { seconds: { fit: fit.seconds, likelihood: seconds }, pointwise }
  } finally {
    peer.close()
  }
}
