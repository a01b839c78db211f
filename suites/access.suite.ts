import { accessCases } from './cases/access.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Access', accessCases);
