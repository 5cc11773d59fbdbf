import { logistic } from '../src/index.ts'
import { laws } from './laws.ts'

laws('logistic', logistic)
