/** A claim and one of its cases, as examples in help and messages. */
export const EXAMPLE = { claim: 'RQ-7', case: 'RQ-7/comma', finding: 'RQ-7/status-200', pattern: 'RQ-7|RQ-8' } as const;
