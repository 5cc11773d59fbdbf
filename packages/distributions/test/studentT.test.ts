import { studentT } from '../src/index.ts'
import { laws } from './laws.ts'

laws('studentT', studentT)
