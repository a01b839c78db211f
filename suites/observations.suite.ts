import { observationCases } from './cases/observations.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Observations', observationCases);
