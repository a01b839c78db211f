import { casesOf } from './cases/all.ts';
import { describeCases } from './runner/describe-cases.ts';

describeCases('At the end', casesOf('epilogue'));
