/* Where bodies of events are written, read back and compared. */
#ifndef GUICHET_TESTS_JOURNAL_BODY_BENCH_H
#define GUICHET_TESTS_JOURNAL_BODY_BENCH_H

#include "core/text.h"
#include "journal/event_body.h"
#include "support.h"

#define AT_MS OFFICE_START_MS

struct body_bench {
    struct site site;      /* in force */
    struct site site_read; /* of the last event that was one */
    struct text body;      /* written last, in `bytes` */
    char bytes[EVENT_BODY_BYTES_MAX];
};

/* Begin with the site of support_site(). */
void body_bench_init(struct body_bench *bench);

/* The row of `event` with the body that was written last. */
struct event_row body_bench_row(const struct body_bench *bench,
                                const struct event *event);

/* Write `event`, compare its text (NULL: any), read it back and write it again. */
void assert_body(struct body_bench *bench, const struct event *event,
                 const char *expected);

#endif
