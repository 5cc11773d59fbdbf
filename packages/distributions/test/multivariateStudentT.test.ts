import { multivariateStudentT } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateStudentT', multivariateStudentT)
