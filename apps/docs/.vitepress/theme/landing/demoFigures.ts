import * as Plot from '@observablehq/plot'
import { densityContours, trace, type Figure } from '@variate/plot'
import type { Size } from '../figures/useFigure.ts'
import { mixed } from './components.ts'
import { data, densityOf, type Demo } from './demo.ts'

/** What every mark of Plot knows of itself; its types leave it out. */
type Described = Plot.Markish & { readonly ariaDescription?: string }

/**
 * The data under the mixture's density, each point in its components' colours, mixed by responsibility: the
 * figure of @variate/plot, with its points exchanged for points that show the E-step.
 */
export function mixtureFigure(demo: Demo): (size: Size) => Figure {
  const density = densityOf(demo)
  const { components, means, logProb } = density
  const responsibilities = density.responsibilities(data).data
  const colours = Array.from({ length: data.shape[0]! }, (_, i) =>
    mixed((k) => (k < components ? responsibilities[i * components + k]! : 0)),
  )
  return (size) => {
    const figure = densityContours({
      x: data,
      columns: ['eruption (minutes)', 'wait until the next (minutes)'],
      logProb,
      means,
      ...size,
    })
    const points = Plot.dot(colours, {
      x: (_, i) => data.at(i, 0),
      y: (_, i) => data.at(i, 1),
      r: size.width < 480 ? 2.6 : 3.4,
      fill: (colour: string) => colour,
      fillOpacity: 0.85,
      stroke: '#ffffff',
      strokeWidth: 0.6,
      ariaDescription: 'points',
    })
    const exchange = (mark: Described): Plot.Markish => (mark?.ariaDescription === 'points' ? points : mark)
    return { ...figure, ariaLabel: captionOf(demo), marks: (figure.marks as Described[]).map(exchange) }
  }
}

/** More iterations than these are drawn without their halves. */
const HALVES_BELOW = 60

/**
 * The ELBO as it climbs: after each M-step, and after each E-step, where it touches the log-likelihood. In a
 * long run, after the E-steps alone.
 */
export function elboFigure({ run: { history }, startLogLikelihood }: Demo): (size: Size) => Figure {
  const halves = history.length < HALVES_BELOW
  const climb = history.flatMap(({ elboAfterMaximization, elbo }) =>
    halves ? [elboAfterMaximization, elbo] : [elbo],
  )
  const step = halves ? 'M- and E-steps' : 'iterations'
  const series = [startLogLikelihood, ...climb]
  return (size) => ({
    ...trace({ series, start: 0, label: 'ELBO (nats)', step, ...size }),
    ariaLabel: `The ELBO over the ${step}`,
  })
}

function captionOf({ choice: { components, covariance }, run: { steps } }: Demo): string {
  const what = components === 1 ? 'One Gaussian' : `A mixture of ${components} Gaussians`
  return `${what}, ${covariance} covariance, after ${steps} iterations of EM on 272 eruptions of Old Faithful`
}
