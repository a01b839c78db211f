import { casesOf } from './cases/all.ts';
import { describeCases } from './runner/describe-cases.ts';

await describeCases('Bad requests', casesOf('badRequest'));
