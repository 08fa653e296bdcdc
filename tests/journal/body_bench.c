/* See body_bench.h. */
#include "body_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void body_bench_init(struct body_bench *bench)
{
    support_site(&bench->site);
    text_init(&bench->body, bench->bytes, sizeof(bench->bytes));
}

struct event_row body_bench_row(const struct body_bench *bench, const struct event *event)
{
    return (struct event_row){.seq = event->seq,
                              .at_ms = event->at_ms,
                              .taken_at_ms = event_taken_at_ms(event),
                              .kind = event_kind_name(event->kind),
                              .version = event_kind_version(event->kind),
                              .body = bench->body.bytes,
                              .body_length = bench->body.length};
}

void assert_body(struct body_bench *bench, const struct event *event,
                 const char *expected)
{
    struct error err = {.text = ""};
    struct event read;
    assert_ok(&err, event_body_encode(event, &bench->site, &bench->body, &err));
    if (expected) {
        assert_string_equal(bench->body.bytes, expected);
    }
    struct event_row row = body_bench_row(bench, event);
    assert_ok(&err,
              event_body_decode(&row, &bench->site, &bench->site_read, &read, &err));
    assert_int_equal(read.kind, event->kind);
    assert_int_equal(read.seq, event->seq);
    assert_int_equal(read.at_ms, event->at_ms);
    char *first = strdup(bench->body.bytes);
    assert_non_null(first);
    assert_ok(&err, event_body_encode(&read, &bench->site, &bench->body, &err));
    assert_string_equal(bench->body.bytes, first);
    free(first);
}
