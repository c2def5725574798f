/*
 * Keeps SIGPIPE from a program while one of its threads writes to a socket by a library that cannot pass MSG_NOSIGNAL,
 * as OpenSSL's sockets do. Only the calling thread is concerned, and only the signal that its own write raises.
 */
#ifndef AOS_SIGPIPE_H
#define AOS_SIGPIPE_H

/* The state between the two calls, all 0 at first. It may be used again. */
typedef struct aos_sigpipe_s {
    int active;      /* SIGPIPE is blocked, and aos_sigpipe_restore has not been called yet */
    int was_blocked; /* the program had blocked it */
    int was_pending; /* and one was pending already, which stays */
} aos_sigpipe_t;

/* Blocks SIGPIPE in this thread; does nothing where the process ignores it, as Python does by default. */
void aos_sigpipe_block(aos_sigpipe_t *state);

/*
 * Unblocks SIGPIPE unless the program had blocked it. With `broken`, the writing has failed, and the signal that this
 * may have raised is taken away before. Does nothing unless aos_sigpipe_block has blocked it.
 */
void aos_sigpipe_restore(aos_sigpipe_t *state, int broken);

#endif
