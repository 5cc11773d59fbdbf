import { bernoulli } from '../src/index.ts'
import { laws } from './laws.ts'

laws('bernoulli', bernoulli)
