import { oldFaithful as readOldFaithful } from '@variate/data'
import {
  selectMixture,
  type Covariance,
  type GaussianMixtureFit,
  type MixtureCandidate,
} from '@variate/models'
import { densityContours, selection, trace } from '@variate/plot'
import { bicGrid, lowest } from './bicGrid.ts'
import { formatSeconds, formatShare } from './format.ts'
import type { Tour } from './tour.ts'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']

/** How many kinds of eruption are there? Mixtures of every size and form, chosen among by BIC. */
export async function oldFaithful(tour: Tour): Promise<void> {
  const { output, quick, signal } = tour
  const x = readOldFaithful()
  const components = quick ? [1, 2, 3] : [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const restarts = quick ? 5 : 20
  const total = components.length * FORMS.length
  output.heading('1  Old Faithful: how many kinds of eruption?')
  output.say(
    `The geyser's ${x.shape[0]} eruptions in August 1985: how long each lasted and how long the wait for the next one ` +
      `was, in minutes. EM fits ${total} mixtures of Gaussians, with 1 to ${components.at(-1)} components and four ` +
      `forms of covariance, each from ${restarts} starts. The Bayesian information criterion (BIC) weighs fit against ` +
      `size: the lowest is chosen.`,
  )

  const begin = performance.now()
  const candidates = await fitAll(tour, x, components, restarts)
  const seconds = (performance.now() - begin) / 1000
  const best = lowest(candidates)
  if (best === undefined) {
    output.say('**Stopped** before the first fit had ended: there is nothing to show yet.')
    return
  }
  if (signal.aborted)
    output.say(`**Stopped** after ${candidates.length} of ${total} mixtures: the best so far.`)
  output.lines(bicGrid(candidates, components, FORMS))
  output.say(verdict(best.fit, candidates, restarts, seconds))
  output.lines(best.fit.summary({ columns: x.columns }))
  output.lines(inWords(best.fit))
  await draw(tour, x, best.fit, candidates)
}

/** The candidates that were fitted to the end: all, unless Ctrl-C came first. */
async function fitAll(
  { progress, signal }: Tour,
  x: ReturnType<typeof readOldFaithful>,
  components: readonly number[],
  restarts: number,
): Promise<MixtureCandidate[]> {
  const candidates: MixtureCandidate[] = []
  const bar = progress('about')
  // A fit takes the longer the more components it has.
  const work = components.reduce((sum, count) => sum + count * FORMS.length, 0)
  let done = 0
  bar.show(0, 'fitting')
  try {
    await selectMixture(x, {
      components,
      covariance: FORMS,
      restarts,
      signal,
      onProgress: ({ candidate }) => {
        if (signal.aborted) return
        candidates.push(candidate)
        done += candidate.components
        bar.show(
          done / work,
          `${describe(candidate)}: BIC ${candidate.fit?.bic.toFixed(2) ?? '– (degenerate)'}`,
        )
      },
    })
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    bar.clear()
  }
  return candidates
}

function verdict(
  { components, covariance, bic }: GaussianMixtureFit,
  candidates: readonly MixtureCandidate[],
  restarts: number,
  seconds: number,
): string {
  const runs = candidates.reduce((sum, one) => sum + (one.components === 1 ? 1 : restarts), 0)
  const rejected = candidates.reduce((sum, one) => sum + one.rejected, 0)
  const chosen = `**Chosen: ${components} components, ${covariance} covariance, BIC ${bic.toFixed(2)}** (◀)`
  const degenerate =
    rejected === 0
      ? 'None of them was degenerate.'
      : `${rejected} of them were degenerate and do not count: a component had shrunk to a few points or a line, ` +
        `where the likelihood has no bound.`
  return `${chosen}, from ${runs} runs in ${formatSeconds(seconds)}. ${degenerate}`
}

/** Each component as a line. */
function inWords({ components, weights, means }: GaussianMixtureFit): string {
  const kinds = Array.from({ length: components }, (_, k) => {
    const share = formatShare(weights.at(k))
    const [lasted, wait] = [means.at(k, 0).toFixed(1), means.at(k, 1).toFixed(0)]
    return `  ${share} last about ${lasted} minutes, and the next one comes after ${wait} minutes`
  })
  return ['In words, of the eruptions', ...kinds].join('\n')
}

async function draw(
  { pictures }: Tour,
  x: ReturnType<typeof readOldFaithful>,
  fit: GaussianMixtureFit,
  candidates: readonly MixtureCandidate[],
): Promise<void> {
  const title = `Old Faithful: ${fit.components} components, ${fit.covariance} covariance`
  const contours = densityContours({
    x,
    logProb: fit.logProb,
    groups: fit.predict(x),
    means: fit.means,
    columns: ['eruption (minutes)', 'wait for the next one (minutes)'],
    title,
    subtitle: 'Shaded: the regions that hold 25, 50, 75, 90 and 99 % of the probability. Crosses: means',
  })
  await pictures.save('old-faithful-contours', contours, "the eruptions over the chosen mixture's density")
  const rows = candidates.map((one) => ({ ...one, bic: one.fit?.bic ?? null }))
  const bic = selection({
    rows,
    title: 'Old Faithful: which mixture?',
    subtitle: 'Lower is better; 10 lower is strong evidence',
  })
  await pictures.save('old-faithful-bic', bic, 'BIC by number of components and form of covariance')
  const series = fit.history.map(({ logLikelihood }) => logLikelihood)
  const likelihood = trace({
    series,
    label: 'log-likelihood (nats)',
    title,
    subtitle: 'EM never makes it fall',
  })
  await pictures.save('old-faithful-likelihood', likelihood, 'log-likelihood per iteration of the chosen fit')
}

function describe({ components, covariance }: MixtureCandidate): string {
  return `${components} ${components === 1 ? 'component' : 'components'}, ${covariance}`
}
