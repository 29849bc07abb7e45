/** M1: how many files may come with a candidature. */
export const mostCandidatureFiles = 6;

/** In bytes: what may wait at once for its candidature to be confirmed, of everybody together. Anybody may send a form: the disk is not theirs to fill. */
export const mostWaitingBytes = 1024 * 1024 * 1024;
