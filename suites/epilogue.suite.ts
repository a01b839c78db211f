import { epilogueCases } from './cases/all.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('At the end', epilogueCases);
