import { tokenCases } from './cases/token.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Client auth token', tokenCases);
