import {
  computed,
  onBeforeUnmount,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
  type ShallowRef,
} from 'vue'
import type { Covariance } from '@variate/models'
import { begin, densityOf, step as oneStep, toConvergence, type Demo } from './demo.ts'
import { pace } from './pace.ts'
import { status } from './status.ts'

export interface ComponentRow {
  readonly weight: number
  readonly mean: readonly [number, number]
}

export interface DemoControls {
  readonly demo: ShallowRef<Demo>
  readonly components: Ref<number>
  readonly covariance: Ref<Covariance>
  readonly running: Ref<boolean>
  /** What a screen reader is told: not every step of a run, only where it leads. */
  readonly spoken: ComputedRef<string>
  readonly rows: ComputedRef<readonly ComponentRow[]>
  readonly step: () => Promise<void>
  readonly run: () => Promise<void>
  readonly pause: () => void
  readonly reset: () => void
  readonly newStart: () => void
}

/** The live fit of the landing page, and what can be done with it. */
export function useDemo(): DemoControls {
  const components = ref(2)
  const covariance = ref<Covariance>('full')
  const seed = ref(FIRST_SEED)
  const demo = shallowRef(beginning())
  const running = ref(false)
  let aborter = new AbortController()

  function beginning(): Demo {
    return begin({ components: components.value, covariance: covariance.value, seed: seed.value })
  }
  const pause = (): void => aborter.abort()
  const reset = (): void => {
    pause()
    demo.value = beginning()
  }
  const newStart = (): void => {
    seed.value++
    reset()
  }
  const step = async (): Promise<void> => {
    if (!running.value) demo.value = await oneStep(demo.value)
  }
  const run = async (): Promise<void> => {
    pause()
    const own = new AbortController()
    aborter = own
    running.value = true
    const { isShown, delay } = pace(matchMedia('(prefers-reduced-motion: reduce)').matches)
    const first = demo.value.run.steps
    const show = async (at: Demo): Promise<void> => {
      const steps = at.run.steps - first
      if (own.signal.aborted || !isShown(steps)) return
      demo.value = at
      await sleep(delay(steps), own.signal)
    }
    const result = await toConvergence(demo.value, { show, signal: own.signal })
    if (aborter !== own) return // another run has begun
    running.value = false
    if (result.choice === demo.value.choice) demo.value = result
  }
  watch([components, covariance], () => {
    seed.value = FIRST_SEED
    reset()
  })
  onBeforeUnmount(pause)

  const spoken = computed(() => (running.value ? 'Running …' : status(demo.value)))
  const rows = computed(() => rowsOf(demo.value))
  return { demo, components, covariance, running, spoken, rows, step, run, pause, reset, newStart }
}

/** Some start has to be the first. */
const FIRST_SEED = 0

function rowsOf(demo: Demo): ComponentRow[] {
  const { components, weights, means } = densityOf(demo)
  return Array.from({ length: components }, (_, k) => ({
    weight: weights.at(k),
    mean: [means.at(k, 0), means.at(k, 1)],
  }))
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
