/* What reports read from the derived tables; see journal.h. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "journal/journal_private.h"
#include "journal/moment.h"
#include "journal/read_parts.h"

/* An array that grows while rows are read. */
struct array {
    void *elements;
    size_t count;
    size_t capacity;
    size_t element_bytes;
};

/* Room for one more element, all zero; NULL when there is no memory. */
static void *array_add(struct array *array)
{
    if (array->count == array->capacity) {
        size_t capacity = array->capacity == 0 ? 64 : array->capacity * 2;
        void *grown = realloc(array->elements, capacity * array->element_bytes);
        if (!grown) {
            return NULL;
        }
        array->elements = grown;
        array->capacity = capacity;
    }
    char *element = (char *)array->elements + array->count * array->element_bytes;
    memset(element, 0, array->element_bytes);
    array->count++;
    return element;
}

static enum status read_elements(sqlite3_stmt *statement, const struct query *query,
                                 struct array *array, struct error *err)
{
    for (;;) {
        bool has_row = false;
        enum status status = database_step(statement, &has_row, err);
        if (status != OK || !has_row) {
            return status;
        }
        void *element = array_add(array);
        if (!element) {
            return error_set(err, ERR_IO, "out of memory");
        }
        status = query->read(statement, query->site, element, err);
        if (status == ERR_NOT_FOUND) {
            array->count--;
        } else if (status != OK) {
            return status;
        }
    }
}

enum status journal_read_array(struct journal *journal, const struct query *query,
                               void **ret_elements, size_t *ret_count, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    struct array array = {.element_bytes = query->element_bytes};
    enum status status = database_prepare(journal->db, &query->sql, 1, &statement, err);
    const struct value values[] = {value_integer(query->parameter)};
    if (status == OK && sqlite3_bind_parameter_count(statement) == 1) {
        status = database_bind(statement, values, 1, err);
    }
    status = status == OK ? read_elements(statement, query, &array, err) : status;
    database_finish(&statement, 1);
    if (status != OK) {
        free(array.elements);
        (void)error_wrap(err, "cannot read journal '%s'", journal->path);
        return status;
    }
    *ret_elements = array.elements;
    *ret_count = array.count;
    return OK;
}

const char *journal_column_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

static uint32_t column_count(sqlite3_stmt *row, int column)
{
    return (uint32_t)sqlite3_column_int64(row, column);
}

/* Index of the thing that a column names, or SITE_NONE where it is NULL or unknown. */
static uint32_t column_counter(sqlite3_stmt *row, int column, const struct site *site)
{
    return site_find_counter(site, journal_column_text(row, column));
}

enum status journal_unknown_value(sqlite3_stmt *row, int column, struct error *err)
{
    return error_set(err, ERR_CORRUPT, "'%s' has the unknown value '%s'",
                     sqlite3_column_name(row, column), journal_column_text(row, column));
}

static enum status read_day(sqlite3_stmt *row, const struct site *site, void *element,
                            struct error *err)
{
    (void)site;
    (void)err;
    *(struct journal_day *)element =
        (struct journal_day){.date = column_count(row, 0),
                             .opened_at_ms = sqlite3_column_int64(row, 1),
                             .closed_at_ms = sqlite3_column_int64(row, 2),
                             .visit_count = column_count(row, 3)};
    return OK;
}

enum status journal_read_days(struct journal *journal, struct journal_day **ret_days,
                              size_t *ret_count, struct error *err)
{
    const struct query query = {
        .sql = "SELECT date, opened_at, closed_at,"
               " (SELECT count(*) FROM visit WHERE visit.date = day.date)"
               " FROM day ORDER BY date",
        .element_bytes = sizeof(struct journal_day),
        .read = read_day,
    };
    void *days = NULL;
    enum status status = journal_read_array(journal, &query, &days, ret_count, err);
    if (status == OK) {
        *ret_days = days;
    }
    return status;
}

/* Whether no figure counts the visit: tests, and what a burst left that nobody came with
 * (as ticket_is_counted() says of the queue's tickets). */
#define BESIDE                                                                           \
    "(test OR (suspect AND visit.state NOT IN ('called', 'serving', 'served'))) AS "     \
    "beside"

/* Columns of the query of visits. */
enum visit_column {
    VISIT_DATE,
    VISIT_TICKET,
    VISIT_SERVICE,
    VISIT_NUMBER,
    VISIT_CLASS,
    VISIT_KIOSK,
    VISIT_COUNTER,
    VISIT_CHANNEL,
    VISIT_STATE,
    VISIT_RULE,
    VISIT_PRINT,
    VISIT_IMPUTED,
    VISIT_CALLS,
    VISIT_UNDONE,
    VISIT_TAKEN,
    VISIT_CALLED,
    VISIT_STARTED,
    VISIT_ENDED,
    VISIT_AHEAD,
    VISIT_OPEN_COUNTERS,
    VISIT_MEAN,
    VISIT_P50,
    VISIT_P80,
    VISIT_P90,
    VISIT_SERIES,
    VISIT_LEG,
    VISIT_TOPIC,
    VISIT_MISSING,
    VISIT_COMPLETE,
    VISIT_QUANTITY,
    VISIT_SUSPECT,
    VISIT_TEST,
    VISIT_BESIDE,
    VISIT_CARRIED
};

/* The names of a visit, each of which the program must know. */
static enum status read_visit_names(sqlite3_stmt *row, const struct site *site,
                                    struct visit_record *visit, struct error *err)
{
    visit->service = site_find_service(site, journal_column_text(row, VISIT_SERVICE));
    visit->class_index = site_find_class(site, journal_column_text(row, VISIT_CLASS));
    visit->channel = channel_find(journal_column_text(row, VISIT_CHANNEL));
    visit->state = ticket_state_find(journal_column_text(row, VISIT_STATE));
    visit->print = print_state_find(journal_column_text(row, VISIT_PRINT));
    bool has_rule = sqlite3_column_type(row, VISIT_RULE) != SQLITE_NULL;
    visit->rule = has_rule ? call_rule_find(journal_column_text(row, VISIT_RULE))
                           : CALL_LONGEST_WAIT;
    const struct {
        int column;
        bool is_known;
    } names[] = {
        {VISIT_SERVICE, visit->service != SITE_NONE},
        {VISIT_SERIES, visit->series != SITE_NONE},
        {VISIT_CLASS, visit->class_index != SITE_NONE},
        {VISIT_CHANNEL, visit->channel != CHANNEL_COUNT},
        {VISIT_STATE, visit->state != TICKET_STATE_COUNT},
        {VISIT_PRINT, visit->print != PRINT_STATE_COUNT},
        {VISIT_RULE, visit->rule != CALL_RULE_COUNT},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!names[i].is_known) {
            (void)journal_unknown_value(row, names[i].column, err);
            return error_wrap(err, "visit %" PRIu32 " of %" PRIu32, visit->ticket,
                              visit->date);
        }
    }
    return OK;
}

/* A topic or document that the site of the day no longer has was not said. */
static struct matter read_matter(sqlite3_stmt *row, const struct site *site)
{
    struct matter matter = {
        .topic = site_find_topic(site, journal_column_text(row, VISIT_TOPIC)) + 1,
        .document =
            site_find_document(site, journal_column_text(row, VISIT_MISSING)) + 1};
    static_assert(SITE_NONE + 1U == 0, "a thing that is not found is none");
    if (sqlite3_column_type(row, VISIT_COMPLETE) != SQLITE_NULL) {
        matter.completeness =
            column_count(row, VISIT_COMPLETE) != 0 ? COMPLETE_YES : COMPLETE_NO;
    }
    return matter;
}

static enum status read_visit(sqlite3_stmt *row, const struct site *site, void *element,
                              struct error *err)
{
    struct visit_record *visit = element;
    const char *kiosk = journal_column_text(row, VISIT_KIOSK);
    *visit = (struct visit_record){
        .date = column_count(row, VISIT_DATE),
        .ticket = column_count(row, VISIT_TICKET),
        .number = column_count(row, VISIT_NUMBER),
        .series = site_find_service(site, journal_column_text(row, VISIT_SERIES)),
        .leg = column_count(row, VISIT_LEG),
        .kiosk = site_find_device(site->kiosks, site->kiosk_count, kiosk),
        .counter = column_counter(row, VISIT_COUNTER, site),
        .start_is_imputed = sqlite3_column_int64(row, VISIT_IMPUTED) != 0,
        .call_count = column_count(row, VISIT_CALLS),
        .undone_count = column_count(row, VISIT_UNDONE),
        .taken_at_ms = sqlite3_column_int64(row, VISIT_TAKEN),
        .called_at_ms = sqlite3_column_int64(row, VISIT_CALLED),
        .started_at_ms = sqlite3_column_int64(row, VISIT_STARTED),
        .ended_at_ms = sqlite3_column_int64(row, VISIT_ENDED),
        .quote = {.is_given = sqlite3_column_type(row, VISIT_MEAN) != SQLITE_NULL,
                  .ahead = column_count(row, VISIT_AHEAD),
                  .open_counters = column_count(row, VISIT_OPEN_COUNTERS),
                  .mean_s = column_count(row, VISIT_MEAN),
                  .p50_s = column_count(row, VISIT_P50),
                  .p80_s = column_count(row, VISIT_P80),
                  .p90_s = column_count(row, VISIT_P90)},
        .matter = read_matter(row, site),
        .quantity = column_count(row, VISIT_QUANTITY),
        .is_suspect = column_count(row, VISIT_SUSPECT) != 0,
        .is_test = column_count(row, VISIT_TEST) != 0,
        .is_carried = column_count(row, VISIT_CARRIED) != 0,
        .is_beside = column_count(row, VISIT_BESIDE) != 0,
    };
    return read_visit_names(row, site, visit, err);
}

enum status journal_read_visits(struct journal *journal, uint32_t date,
                                const struct site *site, struct visit_record **ret_visits,
                                size_t *ret_count, struct error *err)
{
    const struct query query = {
        .sql =
            "SELECT date, ticket, service, number, class, kiosk, counter, channel,"
            " state, rule, print, start_is_imputed, call_count, undone_count, taken_at,"
            " called_at, started_at, ended_at, ahead, open_counters, mean_s, p50_s,"
            " p80_s, p90_s, coalesce(series, service) AS series, 0 AS leg,"
            " topic, missing, complete, quantity, suspect, test, " BESIDE ", carried"
            " FROM visit WHERE date = ?1 UNION ALL"
            " SELECT leg.date, leg.ticket, leg.service, number, class, kiosk,"
            " leg.counter, channel, leg.state, leg.rule, print, leg.start_is_imputed,"
            " leg.call_count, leg.undone_count, requested_at, leg.called_at,"
            " leg.started_at, leg.ended_at, 0, 0, NULL, NULL, NULL, NULL,"
            " coalesce(series, visit.service), leg, leg.topic, leg.missing,"
            " leg.complete, leg.quantity, suspect, test, " BESIDE ", carried"
            " FROM leg JOIN visit ON visit.date = leg.date AND visit.ticket = leg.ticket"
            " WHERE leg.date = ?1 ORDER BY beside, ticket, leg",
        .parameter = date,
        .element_bytes = sizeof(struct visit_record),
        .site = site,
        .read = read_visit,
    };
    void *visits = NULL;
    enum status status = journal_read_array(journal, &query, &visits, ret_count, err);
    if (status == OK) {
        *ret_visits = visits;
    }
    return status;
}

static enum status read_contact(sqlite3_stmt *row, const struct site *site, void *element,
                                struct error *err)
{
    struct contact_record *contact = element;
    *contact = (struct contact_record){
        .date = column_count(row, 0),
        .service = site_find_service(site, journal_column_text(row, 1)),
        .channel = channel_find(journal_column_text(row, 2)),
        .outcome = ticket_state_find(journal_column_text(row, 3)),
        .received_at_ms = sqlite3_column_int64(row, 4),
        .answered_at_ms = sqlite3_column_int64(row, 5),
        .ended_at_ms = sqlite3_column_int64(row, 6)};
    if (contact->service == SITE_NONE) {
        return journal_unknown_value(row, 1, err);
    }
    if (contact->channel == CHANNEL_COUNT) {
        return journal_unknown_value(row, 2, err);
    }
    return contact->outcome == TICKET_STATE_COUNT ? journal_unknown_value(row, 3, err)
                                                  : OK;
}

enum status journal_read_contacts(struct journal *journal, uint32_t date,
                                  const struct site *site,
                                  struct contact_record **ret_contacts, size_t *ret_count,
                                  struct error *err)
{
    const struct query query = {
        .sql =
            "SELECT date, service, channel, outcome, received_at, answered_at, ended_at"
            " FROM contact WHERE date = ?1 ORDER BY seq",
        .parameter = date,
        .element_bytes = sizeof(struct contact_record),
        .site = site,
        .read = read_contact,
    };
    void *contacts = NULL;
    enum status status = journal_read_array(journal, &query, &contacts, ret_count, err);
    if (status == OK) {
        *ret_contacts = contacts;
    }
    return status;
}

static enum status read_span(sqlite3_stmt *row, const struct site *site, void *element,
                             struct error *err)
{
    struct counter_span *span = element;
    *span =
        (struct counter_span){.counter = column_counter(row, 0, site),
                              .state = counter_state_find(journal_column_text(row, 1)),
                              .from_ms = sqlite3_column_int64(row, 2),
                              .to_ms = sqlite3_column_int64(row, 3)};
    if (span->counter == SITE_NONE) {
        return journal_unknown_value(row, 0, err);
    }
    return span->state == COUNTER_STATE_COUNT ? journal_unknown_value(row, 1, err) : OK;
}

enum status journal_read_spans(struct journal *journal, uint32_t date,
                               const struct site *site, struct counter_span **ret_spans,
                               size_t *ret_count, struct error *err)
{
    const struct query query = {
        .sql = "SELECT counter, state, from_at, to_at FROM counter_span WHERE date = ?1"
               " ORDER BY counter, from_at",
        .parameter = date,
        .element_bytes = sizeof(struct counter_span),
        .site = site,
        .read = read_span,
    };
    void *spans = NULL;
    enum status status = journal_read_array(journal, &query, &spans, ret_count, err);
    if (status == OK) {
        *ret_spans = spans;
    }
    return status;
}

static enum status read_remark(sqlite3_stmt *row, const struct site *site, void *element,
                               struct error *err)
{
    struct remark_record *remark = element;
    bool has_service = sqlite3_column_type(row, 1) != SQLITE_NULL;
    *remark = (struct remark_record){
        .remark = column_count(row, 0),
        .service = site_find_service(site, journal_column_text(row, 1)),
        .from_ms = sqlite3_column_int64(row, 2),
        .until_ms = sqlite3_column_int64(row, 3),
        .withdrawn_at_ms = sqlite3_column_int64(row, 4)};
    if (has_service && remark->service == SITE_NONE) {
        return journal_unknown_value(row, 1, err);
    }
    return text_copy(remark->text, sizeof(remark->text), journal_column_text(row, 5))
               ? OK
               : journal_unknown_value(row, 5, err);
}

enum status journal_read_remarks(struct journal *journal, uint32_t date,
                                 const struct site *site,
                                 struct remark_record **ret_remarks, size_t *ret_count,
                                 struct error *err)
{
    const struct query query = {
        .sql = "SELECT remark, service, from_at, until_at, withdrawn_at, text"
               " FROM remark WHERE date = ?1 ORDER BY remark",
        .parameter = date,
        .element_bytes = sizeof(struct remark_record),
        .site = site,
        .read = read_remark,
    };
    void *remarks = NULL;
    enum status status = journal_read_array(journal, &query, &remarks, ret_count, err);
    if (status == OK) {
        *ret_remarks = remarks;
    }
    return status;
}

static enum status read_correction(sqlite3_stmt *row, const struct site *site,
                                   void *element, struct error *err)
{
    struct correction_record *correction = element;
    *correction = (struct correction_record){
        .ticket = column_count(row, 0),
        .series = site_find_service(site, journal_column_text(row, 1)),
        .number = column_count(row, 2),
        .service = site_find_service(site, journal_column_text(row, 3)),
        .from = ticket_state_find(journal_column_text(row, 4)),
        .to = ticket_state_find(journal_column_text(row, 5)),
        .ticket_count = column_count(row, 6),
        .at_ms = sqlite3_column_int64(row, 8)};
    bool has_service = sqlite3_column_type(row, 3) != SQLITE_NULL;
    const struct {
        int column;
        bool is_known;
    } values[] = {
        {1, correction->ticket == TICKET_NONE || correction->series != SITE_NONE},
        {3, !has_service || correction->service != SITE_NONE},
        {4, correction->from != TICKET_STATE_COUNT},
        {5, correction->to != TICKET_STATE_COUNT},
        {7, text_copy(correction->reason, sizeof(correction->reason),
                      journal_column_text(row, 7))},
    };
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (!values[i].is_known) {
            return journal_unknown_value(row, values[i].column, err);
        }
    }
    return OK;
}

enum status journal_read_corrections(struct journal *journal, uint32_t date,
                                     const struct site *site,
                                     struct correction_record **ret_corrections,
                                     size_t *ret_count, struct error *err)
{
    const struct query query = {
        .sql = "SELECT correction.ticket, coalesce(visit.series, visit.service), number,"
               " correction.service, from_state, to_state, tickets, reason, at"
               " FROM correction LEFT JOIN visit ON visit.date = correction.date"
               " AND visit.ticket = correction.ticket"
               " WHERE correction.date = ?1 ORDER BY seq",
        .parameter = date,
        .element_bytes = sizeof(struct correction_record),
        .site = site,
        .read = read_correction,
    };
    void *corrections = NULL;
    enum status status =
        journal_read_array(journal, &query, &corrections, ret_count, err);
    if (status == OK) {
        *ret_corrections = corrections;
    }
    return status;
}

static enum status read_turned(sqlite3_stmt *row, const struct site *site, void *element,
                               struct error *err)
{
    struct turned_record *record = element;
    *record = (struct turned_record){
        .service = site_find_service(site, journal_column_text(row, 0)),
        .reason = turned_reason_find(journal_column_text(row, 1)),
        .from_ms = sqlite3_column_int64(row, 2),
        .count = column_count(row, 3)};
    if (record->service == SITE_NONE) {
        return journal_unknown_value(row, 0, err);
    }
    return record->reason == TURNED_REASON_COUNT ? journal_unknown_value(row, 1, err)
                                                 : OK;
}

enum status journal_read_turned_away(struct journal *journal, uint32_t date,
                                     const struct site *site,
                                     struct turned_record **ret_records,
                                     size_t *ret_count, struct error *err)
{
    const struct query query = {
        .sql = "SELECT service, reason, from_at, people FROM turned_away"
               " WHERE date = ?1 ORDER BY service, from_at, reason",
        .parameter = date,
        .element_bytes = sizeof(struct turned_record),
        .site = site,
        .read = read_turned,
    };
    void *records = NULL;
    enum status status = journal_read_array(journal, &query, &records, ret_count, err);
    if (status == OK) {
        *ret_records = records;
    }
    return status;
}

static enum status read_exceptional(sqlite3_stmt *row, const struct site *site,
                                    void *element, struct error *err)
{
    struct exceptional_record *record = element;
    bool has_service = sqlite3_column_type(row, 0) != SQLITE_NULL;
    *record = (struct exceptional_record){
        .service = site_find_service(site, journal_column_text(row, 0)),
        .begun_at_ms = sqlite3_column_int64(row, 1),
        .until_ms = sqlite3_column_int64(row, 2),
        .ended_at_ms = sqlite3_column_int64(row, 3)};
    return has_service && record->service == SITE_NONE
               ? journal_unknown_value(row, 0, err)
               : OK;
}

enum status journal_read_exceptional(struct journal *journal, uint32_t date,
                                     const struct site *site,
                                     struct exceptional_record **ret_records,
                                     size_t *ret_count, struct error *err)
{
    const struct query query = {
        .sql = "SELECT service, begun_at, until_at, ended_at FROM exceptional"
               " WHERE date = ?1 ORDER BY seq",
        .parameter = date,
        .element_bytes = sizeof(struct exceptional_record),
        .site = site,
        .read = read_exceptional,
    };
    void *records = NULL;
    enum status status = journal_read_array(journal, &query, &records, ret_count, err);
    if (status == OK) {
        *ret_records = records;
    }
    return status;
}

static enum status read_service_time(sqlite3_stmt *row, const struct site *site,
                                     void *element, struct error *err)
{
    (void)err;
    struct service_time *time = element;
    *time = (struct service_time){
        .service = site_find_service(site, journal_column_text(row, 0)),
        .counter = column_counter(row, 1, site),
        .ended_at_ms = sqlite3_column_int64(row, 2),
        .length_ms = sqlite3_column_int64(row, 3)};
    return time->service == SITE_NONE ? ERR_NOT_FOUND : OK;
}

enum status journal_read_service_times(struct journal *journal, uint32_t day_count,
                                       const struct site *site,
                                       struct service_time **ret_times, size_t *ret_count,
                                       struct error *err)
{
    const struct query query = {
        .sql = "WITH newest AS (SELECT date FROM day ORDER BY date DESC LIMIT ?1)"
               " SELECT service, counter, ended_at, ended_at - started_at, date, ticket"
               " FROM visit WHERE date IN newest"
               " AND state = 'served' AND start_is_imputed = 0 AND test = 0"
               " UNION ALL"
               " SELECT leg.service, leg.counter, leg.ended_at,"
               " leg.ended_at - leg.started_at, leg.date, leg.ticket"
               " FROM leg JOIN visit USING (date, ticket) WHERE leg.date IN newest"
               " AND leg.state = 'served' AND leg.start_is_imputed = 0 AND test = 0"
               " ORDER BY ended_at, date, ticket",
        .parameter = day_count,
        .element_bytes = sizeof(struct service_time),
        .site = site,
        .read = read_service_time,
    };
    void *times = NULL;
    enum status status = journal_read_array(journal, &query, &times, ret_count, err);
    if (status == OK) {
        *ret_times = times;
    }
    return status;
}
