import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mnist } from '@variate/data'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPng, readSvg } from './readPicture.ts'
import { runTour, type Ended } from './runTour.ts'

const folder = mkdtempSync(join(tmpdir(), 'variate-tour-'))
let tour: Ended

beforeAll(async () => {
  tour = await runTour(['--out', folder])
})

afterAll(() => rmSync(folder, { recursive: true }))

/** The numbers in the line of the summary that begins with `start`. */
function numbersAfter(start: string): number[] {
  const line = tour.out.split('\n').find((candidate) => candidate.startsWith(start)) ?? ''
  return [...line.slice(start.length).matchAll(/-?\d[\d,]*\.?\d*/g)].map(([text]) =>
    Number(text.replaceAll(',', '')),
  )
}

test('the tour ends well within 90 seconds, and says nothing on standard error', () => {
  expect(tour).toMatchObject({ code: 0, errors: '' })
  expect(tour.seconds).toBeLessThan(90)
})

test('without a terminal nothing is painted over and nothing is coloured', () => {
  // oxlint-disable-next-line no-control-regex -- these are the ones to be found
  expect(tour.out).not.toMatch(/[\r\u001B\u0008]/)
})

test('lines fit into 80 columns', () => {
  const beforePictures = tour.out.slice(0, tour.out.indexOf('Pictures'))
  expect(Math.max(...beforePictures.split('\n').map((line) => line.length))).toBeLessThan(80)
})

// The figures are those of packages/models/test/oldFaithful.test.ts, BIC by its formula. mclust's vignette chooses
// the same mixture (its EEE of 3), at a log-likelihood of -1126.326, where its tolerance lets EM end.
test('for Old Faithful 3 components with tied covariance are chosen, as by mclust', () => {
  expect(tour.out).toContain('Chosen: 3 components, tied covariance, BIC 2314.30')
  expect(tour.out).toMatch(/log-likelihood -1126\.316 nats/)
  expect(numbersAfter('2  ')).toEqual([2322.19, 2325.22, 2346.06, 3458.3])
  expect(tour.out.match(/◀/g)).toHaveLength(2) // in the grid, and where it is explained
})

test('degenerate runs are counted by covariance form, and in all', () => {
  const counts = numbersAfter('degenerate runs')
  const total = counts.reduce((sum, count) => sum + count, 0)
  expect(counts).toHaveLength(4)
  expect(tour.out.replaceAll(/\s+/g, ' ')).toContain(`${total} of them were degenerate`)
})

// By quadrature: the mean of school A is 6.21, and the log evidence −31.31; a normal of all unknowns falls short by 0.2.
test('for the eight schools the bound is near the evidence, and school A is pulled to the others', () => {
  const [bound] = /ELBO (-\d+\.\d+) nats/.exec(tour.out)!.slice(1).map(Number)
  expect(bound).toBeGreaterThan(-31.7)
  expect(bound).toBeLessThan(-31.3)
  expect(Math.abs(numbersAfter('theta[0]')[0]! - 6.21)).toBeLessThan(1)
})

test('every digit is in one component, and purity is what the table of components makes it', async () => {
  const rows = [...tour.out.matchAll(/^mostly (\d) +[\d.]+ % +([\d,]+) +\d \((\d+) %\)/gm)]
  const images = rows.map(([, , count]) => Number(count!.replace(',', '')))
  expect(images.reduce((sum, count) => sum + count, 0)).toBe(10_000)
  const right = rows.reduce((sum, [, , , percent], row) => sum + images[row]! * Number(percent), 0)
  expect(numbersAfter('purity')[0]).toBeCloseTo(right / 10_000, 0)

  const { labels } = await mnist()
  const ones = labels.data.filter((label) => label === 1).length
  expect(tour.out).toContain(`a single component ${(ones / 100).toFixed(1)} %`) // 1 is the most frequent digit
})

// Pixels that are drawn one by one, each with its own probability, are −205 nats; what the decoder knows of digits is the rest.
test('the autoencoder gives digits that it has not seen a higher likelihood than independent pixels have', async () => {
  const { images } = await mnist()
  const means = Array.from({ length: 784 }, () => 0)
  for (let i = 0; i < images.data.length; i++) means[i % 784]! += images.data[i]! / 10_000
  const entropy = means.map((p) => (p > 0 ? -p * Math.log(p) - (1 - p) * Math.log(1 - p) : 0))
  const independent = -entropy.reduce((sum, x) => sum + x, 0)
  const [found] = /log-likelihood +−([\d.]+) nats for each digit/.exec(tour.out)!.slice(1).map(Number)
  expect(-found!).toBeGreaterThan(independent + 30)
  expect(-found!).toBeLessThan(-120)
})

test.each([
  ['old-faithful-contours', 640, 480],
  ['old-faithful-bic', 640, 400],
  ['old-faithful-likelihood', 640, 360],
  ['schools-effects', 640, 464],
  ['schools-elbo', 640, 360],
  ['digits-means', 560, 366],
  ['digits-likelihood', 640, 360],
  ['vae-manifold', 654, 678],
  ['vae-latents', 560, 560],
  ['vae-elbo', 640, 360],
])('%s is drawn as an SVG of %i × %i and a PNG of twice that', (name, width, height) => {
  const { text, ...size } = readSvg(join(folder, `${name}.svg`))
  expect(size).toEqual({ width, height })
  expect(text).not.toMatch(/NaN|Infinity|undefined|null/)
  const png = readPng(join(folder, `${name}.png`))
  expect(png).toMatchObject({ width: 2 * width, height: 2 * height })
  expect(png.bytes).toBeGreaterThan(50) // it is not blank
})

test('the pictures are labelled with what the summary tells', () => {
  expect(readSvg(join(folder, 'old-faithful-bic.svg')).text).toContain('3 tied: BIC 2,314.30')
  expect(readSvg(join(folder, 'old-faithful-likelihood.svg')).text).toContain('−1,126.32')
  expect(readSvg(join(folder, 'digits-means.svg')).text.match(/>\d+ % show \d<\/tspan>/g)).toHaveLength(10)
})

test('the list of pictures names those that are there, and no others', () => {
  const listed = [...tour.out.matchAll(/^(\S+\/[\w-]+)  /gm)].map(([, path]) => path!)
  expect(listed.every((path) => existsSync(`${path}.svg`) && existsSync(`${path}.png`))).toBe(true)
  expect(readdirSync(folder)).toHaveLength(2 * listed.length)
})

test('at the end a person is told what to read next', () => {
  expect(tour.out.trim().split('\n').slice(-2).join(' ')).toMatch(
    /^Done after [\d mins]+\. Next: README\.md .* docs\/\.$/,
  )
})
