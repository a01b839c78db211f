import { identityCases } from './cases/identity.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Identity', identityCases);
