import { badRequestCases } from './cases/bad-request.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Bad requests', badRequestCases);
