/* A bounded list of letters under one mutex; see mailbox.h. */
#include "runtime/mailbox.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct mailbox {
    pthread_mutex_t mutex; /* guards all below except what never changes */
    int event_fd;          /* readable while there are letters */
    size_t letters_max;
    size_t bytes_max;
    void (*wake)(void *wake_data);
    void *wake_data;
    struct letter *first; /* oldest */
    size_t letter_count;
    size_t byte_count;
    uint64_t lost_count;
};

enum status mailbox_create(size_t letters_max, size_t bytes_max,
                           struct mailbox **ret_mailbox, struct error *err,
                           void (*wake)(void *wake_data), void *wake_data)
{
    assert(letters_max >= 1);
    struct mailbox *mailbox = calloc(1, sizeof(*mailbox));
    if (!mailbox) {
        return error_set(err, ERR_IO, "cannot create the mailbox: out of memory");
    }
    mailbox->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (mailbox->event_fd < 0 || pthread_mutex_init(&mailbox->mutex, NULL) != 0) {
        error_set(err, ERR_IO, "cannot create the mailbox: %s", strerror(errno));
        if (mailbox->event_fd >= 0) {
            (void)close(mailbox->event_fd); /* nothing was written to it */
        }
        free(mailbox);
        return ERR_IO;
    }
    mailbox->letters_max = letters_max;
    mailbox->bytes_max = bytes_max;
    mailbox->wake = wake;
    mailbox->wake_data = wake_data;
    *ret_mailbox = mailbox;
    return OK;
}

void mailbox_destroy(struct mailbox *mailbox)
{
    if (!mailbox) {
        return;
    }
    while (mailbox->first) {
        struct letter *letter = mailbox->first;
        mailbox->first = letter->next;
        letter_destroy(letter);
    }
    (void)pthread_mutex_destroy(&mailbox->mutex); /* nobody holds it */
    (void)close(mailbox->event_fd);               /* holds nothing that could be lost */
    free(mailbox);
}

static void lock(struct mailbox *mailbox)
{
    int result = pthread_mutex_lock(&mailbox->mutex);
    assert(result == 0);
}

static void unlock(struct mailbox *mailbox)
{
    int result = pthread_mutex_unlock(&mailbox->mutex);
    assert(result == 0);
}

/* Copies `length` bytes and a NUL behind each other; NULL stays NULL. */
static const char *copy_part(char **at, const void *part, size_t length)
{
    if (!part) {
        return NULL;
    }
    char *start = *at;
    memcpy(start, part, length);
    start[length] = '\0';
    *at += length + 1;
    return start;
}

/* One allocation for the letter and all that it points to. */
static struct letter *letter_copy(enum letter_kind kind, const struct message *message)
{
    const char *topic = message->topic ? message->topic : "";
    size_t topic_length = strlen(topic);
    size_t response_length =
        message->response_topic ? strlen(message->response_topic) : 0;
    size_t bytes =
        topic_length + message->length + message->correlation_length + response_length;
    struct letter *letter = malloc(sizeof(*letter) + bytes + 4); /* a NUL each */
    if (!letter) {
        return NULL;
    }
    char *at = (char *)(letter + 1);
    *letter = (struct letter){.kind = kind, .message = *message, .bytes = bytes};
    letter->message.topic = copy_part(&at, topic, topic_length);
    letter->message.payload =
        copy_part(&at, message->payload ? message->payload : "", message->length);
    letter->message.correlation = (const unsigned char *)copy_part(
        &at, message->correlation, message->correlation_length);
    letter->message.response_topic =
        copy_part(&at, message->response_topic, response_length);
    return letter;
}

/* Takes the unread letter that `letter` replaces off the list; NULL where there is none.
 */
static struct letter *take_replaced(struct mailbox *mailbox, const struct letter *letter)
{
    struct letter **link = &mailbox->first;
    for (; *link; link = &(*link)->next) {
        struct letter *other = *link;
        if (other->kind == letter->kind &&
            strcmp(other->message.topic, letter->message.topic) == 0) {
            *link = other->next;
            mailbox->letter_count--;
            mailbox->byte_count -= other->bytes;
            return other;
        }
    }
    return NULL;
}

bool mailbox_put(struct mailbox *mailbox, enum letter_kind kind,
                 const struct message *message, enum delivery delivery)
{
    struct letter *letter = letter_copy(kind, message);
    struct letter *replaced = NULL;
    bool must_wake = false;
    lock(mailbox);
    if (letter && (delivery == DELIVERY_NEWEST || kind != LETTER_MESSAGE)) {
        replaced = take_replaced(mailbox, letter);
    }
    /* How the connection stands is at most two letters and always finds room. */
    bool is_note = kind == LETTER_CONNECTED || kind == LETTER_DISCONNECTED;
    bool has_room = letter && mailbox->letter_count < mailbox->letters_max &&
                    mailbox->byte_count + letter->bytes <= mailbox->bytes_max;
    bool fits = letter && (is_note || has_room);
    if (fits) {
        struct letter **link = &mailbox->first;
        while (*link) {
            link = &(*link)->next;
        }
        *link = letter;
        must_wake = mailbox->letter_count == 0;
        mailbox->letter_count++;
        mailbox->byte_count += letter->bytes;
        if (must_wake) {
            uint64_t one = 1;
            ssize_t count = write(mailbox->event_fd, &one, sizeof(one));
            assert(count == (ssize_t)sizeof(one)); /* far from full: read at each end */
        }
    } else {
        mailbox->lost_count++;
    }
    unlock(mailbox);
    letter_destroy(replaced);
    if (!fits) {
        letter_destroy(letter);
    }
    if (must_wake && mailbox->wake) {
        mailbox->wake(mailbox->wake_data);
    }
    return fits;
}

struct letter *mailbox_take(struct mailbox *mailbox)
{
    lock(mailbox);
    struct letter *letter = mailbox->first;
    if (letter) {
        mailbox->first = letter->next;
        letter->next = NULL;
        mailbox->letter_count--;
        mailbox->byte_count -= letter->bytes;
    }
    if (!mailbox->first) {
        uint64_t count = 0;
        /* It may be at 0 already; what it says then is what we want. */
        (void)!read(mailbox->event_fd, &count, sizeof(count));
    }
    unlock(mailbox);
    return letter;
}

void letter_destroy(struct letter *letter)
{
    free(letter);
}

int mailbox_descriptor(const struct mailbox *mailbox)
{
    return mailbox->event_fd;
}

uint64_t mailbox_lost_count(struct mailbox *mailbox)
{
    lock(mailbox);
    uint64_t count = mailbox->lost_count;
    unlock(mailbox);
    return count;
}
