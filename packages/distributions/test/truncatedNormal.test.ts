import { truncatedNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('truncatedNormal', truncatedNormal)
