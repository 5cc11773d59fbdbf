import { expect, test } from 'vitest'
import { special } from '@variate/core'

// At whole parameters continued fractions end, which those of derivatives do not.

/** By mpmath 1.3.0 with 60 digits: central differences of gammainc, quadrature of the derivatives of the beta density. */
const CASES = [
  ['gammaincDa', [1, 1.5], -0.3192853006630692],
  ['gammaincDa', [2, 2.25], -0.2731196910630976],
  ['gammaincDa', [3, 5], -0.11369283868778592],
  ['gammaincDa', [7, 9], -0.1054994336700484],
  ['gammaincDa', [1, 30], -3.7530644505126664e-13],
  ['gammaincDaa', [1, 1.5], -0.1151667703195134],
  ['gammaincDaa', [2, 2.25], -0.027761789180615733],
  ['gammaincDaa', [3, 5], -0.05866136487195219],
  ['gammaincDaa', [7, 9], -0.026651743248418545],
  ['gammaincDaa', [1, 30], -1.3514076784547292e-12],
  ['betaincDa', [1, 100, 0.03125], -0.08221473855705362],
  ['betaincDa', [2, 13, 0.375], -0.0181052742047195],
  ['betaincDa', [30, 7, 0.75], -0.022389285580192587],
  ['betaincDa', [1000, 13, 0.984375], -0.0010825889556348397],
  ['betaincDa', [13, 1000, 0.015625], -0.07620193817238056],
  ['betaincDaa', [1, 100, 0.03125], -0.09509437819586417],
  ['betaincDaa', [2, 13, 0.375], -0.01774148868061652],
  ['betaincDaa', [30, 7, 0.75], 0.0023606719726467413],
  ['betaincDaa', [1000, 13, 0.984375], 4.135264460896034e-6],
  ['betaincDaa', [13, 1000, 0.015625], -0.014981602431033324],
  ['betaincDab', [1, 100, 0.03125], 0.002278179928885471],
  ['betaincDab', [2, 13, 0.375], 0.006560785262796334],
  ['betaincDab', [30, 7, 0.75], -0.007270888481581561],
  ['betaincDab', [1000, 13, 0.984375], -0.0002541985437187807],
  ['betaincDab', [13, 1000, 0.015625], 0.0002541985437187807],
] as const

test.each(CASES)('%s at %j is within a relative 1e-13 of 60-digit values', (name, args, truth) => {
  const value = (special[name] as (...args: number[]) => number)(...args)
  expect(Math.abs(value / truth - 1)).toBeLessThanOrEqual(1e-13)
})
