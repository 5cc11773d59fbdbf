import { DomainError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { epochLine, type EpochProgress } from '../src/epochLine.ts'
import { progressBar } from '../src/progressBar.ts'

const progress: EpochProgress = {
  epoch: 3,
  epochs: 12,
  elbo: -98.7649,
  reconstruction: -90.5,
  kl: 8.2649,
  secondsLeft: 9,
}

describe('epochLine', () => {
  it('tells the epoch, the ELBO with its parts, and the time left', () => {
    expect(epochLine(progress)).toBe(
      'epoch  3/12  █████░░░░░░░░░░░░░░░  ELBO   −98.76  reconstruction   −90.50  KL   8.26  about 9 s left',
    )
  })

  it('keeps everything in its place from the first epoch to the last', () => {
    const begin = epochLine({ ...progress, epoch: 0, elbo: -1543.2, reconstruction: -1543.1, kl: 0.1 })
    const end = epochLine({ ...progress, epoch: 12, elbo: 9.5, reconstruction: 30.75, kl: 121.25 })
    for (const word of ['/12', 'ELBO', 'reconstruction', 'KL'])
      expect(begin.indexOf(word)).toBe(end.indexOf(word))
    expect(end).toMatch(/KL 121\.25$/) // no time is left
  })

  it.each([
    [0.2, '1 s'],
    [59.6, '1 min 0 s'],
    [72, '1 min 12 s'],
    [3599, '59 min 59 s'],
    [4372, '1 h 12 min'],
    [90000, '25 h 0 min'],
  ])('writes %d seconds as %s', (secondsLeft, text) => {
    expect(epochLine({ ...progress, secondsLeft })).toMatch(new RegExp(`about ${text} left$`))
  })

  it('tells no time that it does not know', () => {
    for (const secondsLeft of [undefined, Infinity, NaN])
      expect(epochLine({ ...progress, secondsLeft })).toMatch(/KL {3}8\.26$/)
  })

  it('shows an ELBO that is not finite as it is', () => {
    expect(epochLine({ ...progress, elbo: NaN })).toContain('ELBO      NaN  ')
    expect(epochLine({ ...progress, elbo: -Infinity })).toContain('ELBO −Infinity  ')
  })

  it('leaves out what does not fit, last things first', () => {
    const line = epochLine(progress)
    expect(epochLine(progress, { width: line.length })).toBe(line)
    expect(epochLine(progress, { width: line.length - 1 })).toMatch(/KL {3}8\.26$/)
    expect(epochLine(progress, { width: 50 })).toMatch(/−98\.76$/)
    expect(epochLine(progress, { width: 12 })).toBe('epoch  3/12')
    expect(epochLine(progress, { width: 5 })).toBe('')
  })

  it('refuses an epoch that there is not', () => {
    for (const epoch of [-1, 13, 0.5, NaN])
      expect(() => epochLine({ ...progress, epoch })).toThrow(
        new DomainError(`epochLine: epoch must be a whole number from 0 to epochs, got ${epoch} of 12`),
      )
    expect(() => epochLine({ ...progress, epoch: 0, epochs: 0 })).toThrow(DomainError)
  })
})

describe('progressBar', () => {
  it('is as full as the job is done, and never longer', () => {
    expect([-1, 0, 0.25, 1, 2].map((share) => progressBar(share, 4))).toEqual([
      '░░░░',
      '░░░░',
      '█░░░',
      '████',
      '████',
    ])
    expect(progressBar(0.5)).toHaveLength(24)
  })
})
