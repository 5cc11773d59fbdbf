import { poisson, zeroInflated } from '../src/index.ts'
import { laws } from './laws.ts'

laws('zeroInflatedPoisson', (gate: number, rate: number) => zeroInflated(poisson(rate), { gate }))
