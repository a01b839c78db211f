import { successCases } from './cases/success.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Success', successCases);
