import fc from 'fast-check';
import type { Property } from '../../../properties/property.ts';
import { acceptedCalls } from './accepted-calls.ts';

/** Any request that the contract accepts is accepted and comes back unchanged. */
export const accepted: Property = ({ form }, attempt) =>
  fc.asyncProperty(acceptedCalls(form), (call) =>
    attempt(async (conversation) => {
      await conversation.take({
        label: 'a request that the contract accepts',
        calls: [call],
        expect: 'accepted',
        blames: 'RS-1',
        newCustomer: true,
      });
    }),
  );
