import { propertyCases } from './cases/properties.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Properties', propertyCases);
