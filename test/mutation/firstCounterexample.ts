import fc from 'fast-check';

/** A mutant is caught by any counterexample; to look for the smallest one takes much longer. */
fc.configureGlobal({ endOnFailure: true });
