/** Credentials of the servers in the proof. */
export const PROOF_KEYS = { apiKey: 'proof_Key_0001', account: 'proof_merchant' };

/** The claim whose note permits variations on the wire. */
export const OPEN_ON_THE_WIRE = 'EP-4';
