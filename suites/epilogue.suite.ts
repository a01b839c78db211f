import { casesOf } from './cases/all.ts';
import { describeCases } from './runner/describe-cases.ts';

await describeCases('At the end', casesOf('epilogue'));
