/* Letters from the thread of a link to the thread of a screen: bounded, copied, and never
 * lost without being counted.
 *
 * Two classes of topics (enum delivery): of a state (board, counter, config) only the
 * newest unread document matters, so it replaces an older unread one of the same topic;
 * of replies each one counts. When a letter finds no room, mailbox_put() says so and
 * counts it; the link then drops its connection and makes it anew, so that states are
 * sent again and unanswered commands are repeated.
 *
 * One thread puts, one takes. The taker waits for mailbox_descriptor() in its loop, or is
 * woken by the function given at creation (a screen pushes an SDL event there). */
#ifndef GUICHET_RUNTIME_MAILBOX_H
#define GUICHET_RUNTIME_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* A message as it came. Borrowed: valid while the handler runs or the letter lives. */
struct message {
    const char *topic;
    const char *payload; /* `length` bytes and a NUL that is not counted */
    size_t length;
    bool is_retained;                 /* the last known state, not news */
    const unsigned char *correlation; /* NULL: none */
    size_t correlation_length;
    const char *response_topic; /* what the sender asks for, never obeyed; NULL: none */
    int64_t arrived_ms;         /* machine time */
};

enum delivery {
    DELIVERY_NEWEST, /* replaces an unread one of the same topic */
    DELIVERY_EACH
};

enum letter_kind {
    LETTER_MESSAGE,
    LETTER_CONNECTED,    /* payload empty */
    LETTER_DISCONNECTED, /* payload says why, may be empty */
    LETTER_REFUSED       /* payload is a sentence */
};

struct letter {
    enum letter_kind kind;
    struct message message;
    struct letter *next; /* private to mailbox.c */
    size_t bytes;        /* private to mailbox.c */
};

struct mailbox;

/* Make a mailbox for `letters_max` letters and `bytes_max` bytes of topics and payloads.
 * `wake` (may be NULL) is called with `wake_data` on the putting thread each time the
 * empty mailbox gets a letter. */
enum status mailbox_create(size_t letters_max, size_t bytes_max,
                           struct mailbox **ret_mailbox, struct error *err,
                           void (*wake)(void *wake_data), void *wake_data);

/* Free it with the letters inside. No thread uses it any more. Accepts NULL. */
void mailbox_destroy(struct mailbox *mailbox);

/* Put a copy. Letters other than messages have the class DELIVERY_NEWEST by their kind.
 * False: no room or no memory, and the letter is counted as lost. */
bool mailbox_put(struct mailbox *mailbox, enum letter_kind kind,
                 const struct message *message, enum delivery delivery);

/* Take the oldest letter, NULL when there is none. The caller frees it with
 * letter_destroy(). */
struct letter *mailbox_take(struct mailbox *mailbox);
void letter_destroy(struct letter *letter);

/* Readable while there are letters; the mailbox's own. */
int mailbox_descriptor(const struct mailbox *mailbox);

/* Letters that found no room since the creation. */
uint64_t mailbox_lost_count(struct mailbox *mailbox);

#endif
