/* Says what went wrong as a status and one sentence, so that every layer can add where.
 */
#ifndef GUICHET_CORE_ERROR_H
#define GUICHET_CORE_ERROR_H

/* Longest error sentence with its context, in bytes with the final NUL. */
#define ERROR_TEXT_BYTES 512

enum status {
    OK = 0,
    ERR_INVALID,     /* the input breaks a rule of its format */
    ERR_REFUSED,     /* the input is well formed, but the queue's rules say no */
    ERR_LIMIT,       /* a limit of core/limits.h would be passed */
    ERR_NOT_FOUND,   /* the thing named does not exist */
    ERR_IO,          /* the disk, the network or another program failed */
    ERR_FULL,        /* the disk has no room; trying later may work */
    ERR_CORRUPT,     /* a stored thing is not what was written */
    ERR_UNAVAILABLE, /* the other side cannot be reached now */
    STATUS_COUNT
};

struct error {
    enum status status;
    char text[ERROR_TEXT_BYTES]; /* lower case, no full stop, what failed first */
};

/* Store `status` and the sentence; the return value is `status`, for `return
 * error_set(…)`. `err` may be NULL: only the status is returned then. A sentence too long
 * is cut. */
enum status error_set(struct error *err, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "clause: " before the sentence that `err` holds; returns err->status.
 * Each caller may wrap one clause. `err` may be NULL: returns ERR_IO. */
enum status error_wrap(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
