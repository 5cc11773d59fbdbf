import '@tensorflow/tfjs-backend-cpu'
import { eightSchools as readSchools } from '@variate/data'
import { halfCauchy, normal } from '@variate/distributions'
import { stickingTheLanding } from '@variate/estimators'
import { fullRank } from '@variate/families'
import { averaged, adam, bbvi, summarize, type BbviFit } from '@variate/inference'
import { model, type TypesOf } from '@variate/language'
import { intervals, trace } from '@variate/plot'
import { formatSeconds } from './format.ts'
import type { Tour } from './tour.ts'

const schoolsModel = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )

type SchoolsFit = BbviFit<TypesOf<typeof schoolsModel>>

/** Steps over which the picture of the bound averages. */
const WINDOW = 50

/** How much does coaching help? A hierarchical model, declared, and fitted by black-box variational inference. */
export async function schools(tour: Tour): Promise<void> {
  const { output, quick, signal } = tour
  const { y, sigma, schools: names } = readSchools()
  const steps = quick ? 2000 : 20_000
  output.heading('2  Eight schools: how much does coaching help?')
  output.say(
    'In eight schools pupils were coached for a test; each measured the effect on the score, with a standard error that is ' +
      'larger than most effects. A hierarchical model says that the effects are different but alike: each is drawn around a common mean. ' +
      `Black-box variational inference finds the normal of all ten unknowns that is nearest to the posterior, in ${steps.toLocaleString('en-US')} steps.`,
  )
  const bar = tour.progress('at most')
  bar.show(0, 'compiling')
  const begin = performance.now()
  const algorithm = bbvi(schoolsModel, {
    family: fullRank(),
    estimator: stickingTheLanding({ particles: 16 }),
    optimizer: averaged(adam({ rate: 0.01 }), { kind: 'polyak', from: steps / 2 }),
    steps,
    convergence: false,
  })
  let fit: SchoolsFit
  try {
    fit = await algorithm.fit(
      { y, sigma },
      {
        seed: 0,
        signal,
        onProgress: ({ step, objective }) => bar.show(step / steps, `ELBO ${objective.toFixed(2)} nats`),
      },
    )
  } finally {
    bar.clear()
  }
  const seconds = (performance.now() - begin) / 1000
  if (signal.aborted) output.say(`**Stopped** after ${fit.history.length} of ${steps} steps: the fit so far.`)
  output.say(
    `**ELBO ${fit.elbo.toFixed(2)} nats**, in ${formatSeconds(seconds)}. k̂ ${fit.diagnostics.kHat.toFixed(2)}: ${fit.diagnostics.advice}`,
  )
  const draws = await fit.posterior.sample(4000, { seed: 1 })
  const { rows } = summarize(draws)
  output.lines(String(summarize(draws)))
  const effects = rows.filter(({ site }) => site === 'theta')
  output.lines(inWords(effects, y, names))
  await draw(tour, fit, effects, names, y, sigma)
}

interface Effect {
  readonly mean: number
  readonly quantiles: readonly number[]
}

function inWords(effects: readonly Effect[], y: readonly number[], names: readonly string[]): string {
  const best = y.indexOf(Math.max(...y))
  const { mean, quantiles } = effects[best]!
  const [low, , high] = quantiles.map((x) => x.toFixed(0))
  return (
    `In words: school ${names[best]} measured ${y[best]} points, most of all; what the others\n` +
    `measured says that its effect is rather about ${mean.toFixed(0)} points, between ${low} and\n` +
    `${high} with 90 % probability.`
  )
}

async function draw(
  { pictures }: Tour,
  fit: SchoolsFit,
  effects: readonly Effect[],
  names: readonly string[],
  y: readonly number[],
  sigma: readonly number[],
): Promise<void> {
  const rows = names.map((name, i) => {
    const { mean, quantiles } = effects[i]!
    return {
      label: `school ${name}`,
      intervals: [
        { at: mean, low: quantiles[0]!, high: quantiles[2]! },
        { at: y[i]!, low: y[i]! - 1.645 * sigma[i]!, high: y[i]! + 1.645 * sigma[i]! },
      ],
    }
  })
  const shrunk = intervals({
    rows,
    series: ['posterior of the hierarchical model', "the school's own data"],
    label: 'effect of coaching (points)',
    title: 'Eight schools: what each learns from the others',
    subtitle: 'Means and 90 % intervals',
  })
  await pictures.save('schools-effects', shrunk, 'the effects of coaching, each with its 90 % interval')
  const series = Array.from({ length: Math.floor(fit.history.length / WINDOW) }, (_, i) => {
    const own = fit.history.subarray(i * WINDOW, (i + 1) * WINDOW)
    return own.reduce((sum, x) => sum + x, 0) / WINDOW
  })
  if (series.length === 0) return
  const climbs = trace({
    series,
    label: 'ELBO (nats)',
    step: `step / ${WINDOW}`,
    title: 'Eight schools: the bound climbs',
    subtitle: `Means over ${WINDOW} steps; it is never above the log evidence`,
  })
  await pictures.save('schools-elbo', climbs, 'the evidence lower bound, step by step')
}
