import type { Demo } from './demo.ts'

/** Where a fit stands, in a sentence or two. */
export function status(demo: Demo): string {
  const { run, ended } = demo
  if (ended !== undefined) return ending(demo, ended)
  if (run.steps === 0) return beginning(demo)
  return `Iteration ${run.steps}: the log-likelihood rose by ${rise(demo)} nats, to ${decimals(run.state.logLikelihood, 3)}.`
}

/** A number for reading: a real minus sign, so many decimals. */
export function decimals(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', '−')
}

function beginning({ choice: { components, covariance } }: Demo): string {
  if (components === 1)
    return 'One Gaussian. There is nothing to assign: a single step finds its mean and covariance.'
  const share = covariance === 'tied' ? 'one covariance for all' : 'each as wide as all the data'
  return `A bad start, on purpose: ${components} means at random eruptions, ${share}. Step through it, or run to convergence.`
}

function rise({ run: { history, state }, startLogLikelihood }: Demo): string {
  const before = history.at(-2)?.logLikelihood ?? startLogLikelihood
  const difference = state.logLikelihood - before
  return difference < 0.0005 ? 'less than 0.001' : decimals(difference, 3)
}

function ending({ run, choice }: Demo, ended: NonNullable<Demo['ended']>): string {
  const iterations = `${run.steps} ${run.steps === 1 ? 'iteration' : 'iterations'}`
  switch (ended.kind) {
    case 'converged': {
      const after = `Converged after ${iterations} at ${decimals(run.state.logLikelihood, 3)} nats`
      if (choice.components === 1) return `${after}, the maximum: one Gaussian has no other.`
      return `${after}: the last gained less than a billionth of a nat per eruption. It is a maximum nearby; another start may climb higher.`
    }
    case 'limit':
      return `Stopped after ${iterations}, before convergence: EM is slow where components overlap. Try another start.`
    case 'diverged':
      return `Broke down at iteration ${ended.step}: ${ended.site}. The likelihood grows without bound there; the last good state is kept. Try another start, fewer components or a form with fewer parameters.`
    case 'aborted':
      return `Stopped after ${iterations}.`
  }
}
