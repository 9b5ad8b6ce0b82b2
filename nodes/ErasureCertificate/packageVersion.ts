/** As package.json has it, which is not among the files that code may load. A test holds them together. */
export const packageName = 'n8n-nodes-call-erasure';

export const packageVersion = '0.1.0';
