import { relaxedBernoulli } from '../src/index.ts'
import { laws } from './laws.ts'

laws('relaxedBernoulli', relaxedBernoulli)
