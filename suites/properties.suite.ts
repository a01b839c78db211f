// Loaded with the suite, which would otherwise wait for it at its first case.
import './properties/judge-property.ts';
import { propertyCases } from './cases/properties.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('Properties', propertyCases);
