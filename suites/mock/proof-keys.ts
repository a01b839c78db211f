/** What servers under proof take for credentials. */
export const PROOF_KEYS = { apiKey: 'proof_Key_0001', account: 'proof_merchant' };
