import type { DigitFiles } from './digitFiles.ts'
import { DigitPeer } from './digitPeer.ts'
import type { Asked, Took } from './took.ts'

/** The same of PyTorch, with so many threads. */
export async function peerTook(
  threads: number,
  { lengths, particles, ...files }: Omit<Asked, 'engine'>,
  status: (text: string) => void,
): Promise<Took> {
  const begin = performance.now()
  const peer = await DigitPeer.open(threads, files, status)
  try {
    await peer.fit(1, 0, {})
    const start = (performance.now() - begin) / 1000
    const [short, long] = [await peer.fit(lengths[0], 0, {}), await peer.fit(lengths[1], 0, {})]
    const each = (of: 'seconds' | 'processor'): number => (long[of] - short[of]) / (lengths[1] - lengths[0])
    const peak = await peer.peak()
    const likelihood = particles > 0 ? (await peer.likelihood(particles, 1)).seconds : 0
    return { epoch: each('seconds'), processor: each('processor'), start, likelihood, peak }
  } finally {
    peer.close()
  }
}

/** The number of threads with which PyTorch is fastest, and what it takes with each, in words. */
export async function bestThreads(
  files: DigitFiles,
  cores: number,
  status: (text: string) => void,
): Promise<{ readonly threads: number; readonly tried: string }> {
  const counts = [...new Set([1, cores])]
  const tried: number[] = []
  for (const threads of counts) {
    status(`PyTorch, threads: ${threads}`)
    tried.push((await peerTook(threads, { ...files, lengths: [1, 2], particles: 0 }, status)).epoch)
  }
  const least = tried.indexOf(Math.min(...tried))
  const told = counts.map((threads, i) => `${threads}: ${tried[i]!.toPrecision(3)} s`)
  return {
    threads: counts[least]!,
    tried: `an epoch of PyTorch by its number of threads: ${told.join(', ')}`,
  }
}
