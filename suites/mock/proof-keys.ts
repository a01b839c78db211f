/** What servers under proof take for credentials. */
export const PROOF_KEYS = { apiKey: 'proof_Key_0001', account: 'proof_merchant' };

/** The claim that leaves open what right servers do otherwise on the wire. */
export const OPEN_ON_THE_WIRE = 'EP-4';
