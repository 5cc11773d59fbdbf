import { orderedLogistic } from '../src/index.ts'
import { laws } from './laws.ts'

laws('orderedLogistic', orderedLogistic)
