/* The inside of a journal, for the files of this folder only. */
#ifndef GUICHET_JOURNAL_JOURNAL_PRIVATE_H
#define GUICHET_JOURNAL_JOURNAL_PRIVATE_H

#include <sqlite3.h>

#include "journal/chain.h"
#include "journal/database.h"
#include "journal/derive.h"
#include "journal/event_body.h"
#include "journal/journal.h"

enum writer_statement {
    WRITER_BEGIN,
    WRITER_COMMIT,
    WRITER_ROLLBACK,
    WRITER_EVENT,
    WRITER_FIND_ANSWER,
    WRITER_STORE_ANSWER,
    WRITER_OLDEST_ANSWER,
    WRITER_PRUNE_ANSWERS,
    WRITER_STATEMENT_COUNT
};

/* What a rollback puts back. */
struct head {
    int64_t seq;
    int64_t at_ms;
    uint8_t hash[CHAIN_BYTES];
    uint32_t date;
    int64_t oldest_answer_ms; /* INT64_MAX: there is none */
};

struct journal {
    sqlite3 *db;
    char *path;
    struct chain chain;
    char warning[ERROR_TEXT_BYTES]; /* "": none */

    /* The writer only. */
    bool is_writer;
    int lock_fd; /* -1: none */
    char *reserve_path;
    size_t reserve_bytes;
    bool has_reserve;
    sqlite3_stmt *statements[WRITER_STATEMENT_COUNT];
    struct derive derive;
    struct head head;      /* with what is appended and not committed */
    struct head committed; /* as the last commit left it */
    bool is_in_transaction;
    bool is_out_of_room;
    bool opened_a_day;
    struct text body; /* of the event appended last */
    char *reply;      /* of the answer found last; PAYLOAD_BYTES_MAX + 1 bytes */
};

/* Rows of table event in order, each checked against the chain. */
struct rows {
    struct journal *journal;
    sqlite3_stmt *statement;
    int64_t next_seq;
    uint8_t hash[CHAIN_BYTES]; /* of the row before next_seq */
};

/* Start at `first_seq` (>= 1). ERR_CORRUPT when the row before it is missing. In every
 * case rows_finish() must follow. */
enum status rows_begin(struct rows *rows, struct journal *journal, int64_t first_seq,
                       struct error *err);

/* The next row, its texts borrowed until the next call. ERR_CORRUPT when a row is missing
 * or its hash does not follow from its content and the row before. */
enum status rows_next(struct rows *rows, bool *ret_has_row, struct event_row *ret_row,
                      struct error *err);

void rows_finish(struct rows *rows);

/* Told of each row after its event was applied; what it returns ends the replay. */
typedef enum status replay_on_row(const struct event_row *row, const struct event *event,
                                  const struct queue *queue, void *context,
                                  struct error *err);

/* Apply every event from `first_seq` on to `queue`, which is at the state before it. */
enum status replay_rows(struct journal *journal, struct queue *queue, int64_t first_seq,
                        replay_on_row *on_row, void *context, struct error *err);

#endif
