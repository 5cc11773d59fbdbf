import { categorical } from '../src/index.ts'
import { laws } from './laws.ts'

laws('categorical', categorical)
