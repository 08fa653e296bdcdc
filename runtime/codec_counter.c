/* Counter and service states as JSON; see codec_counter.h. */
#include "runtime/codec_counter.h"

#include <assert.h>

#include "runtime/codec_parts.h"

static void write_ticket(struct json_writer *writer, const struct counter_ticket *ticket)
{
    json_writer_open_object(writer, "ticket");
    json_writer_string(writer, "label", ticket->label);
    json_writer_string(writer, "service", ticket->service);
    json_writer_string(writer, "class", ticket->class_id);
    json_writer_string(writer, "language", language_tag(ticket->language));
    json_writer_string(writer, "state", ticket_state_name(ticket->state));
    json_writer_time(writer, "taken_at", ticket->taken_at_ms);
    json_writer_time(writer, "called_at", ticket->called_at_ms);
    json_writer_time(writer, "started_at", ticket->started_at_ms);
    json_writer_integer(writer, "waited_s", ticket->waited_s);
    json_writer_integer(writer, "calls", ticket->call_count);
    json_writer_string(writer, "topic", ticket->topic);
    json_writer_string(writer, "missing", ticket->missing);
    if (ticket->completeness == COMPLETE_NOT_SAID) {
        json_writer_null(writer, "complete");
    } else {
        json_writer_bool(writer, "complete", ticket->completeness == COMPLETE_YES);
    }
    codec_write_asked(writer, &ticket->asked);
    json_writer_string_or_null(writer, "linked", ticket->linked);
    json_writer_bool(writer, "test", ticket->is_test);
    codec_write_lacks(writer, &ticket->lacks);
    json_writer_close_object(writer);
}

static void write_next(struct json_writer *writer, const struct counter_next *next)
{
    json_writer_open_object(writer, "next");
    json_writer_string(writer, "label", next->label);
    json_writer_string(writer, "service", next->service);
    json_writer_string(writer, "class", next->class_id);
    json_writer_integer(writer, "waited_s", next->waited_s);
    json_writer_string(writer, "rule", call_rule_name(next->rule));
    json_writer_close_object(writer);
}

static void write_queues(struct json_writer *writer,
                         const struct counter_document *counter)
{
    assert(counter->queue_count <= SERVICES_MAX);
    json_writer_open_array(writer, "queues");
    for (uint32_t i = 0; i < counter->queue_count; i++) {
        const struct counter_queue *queue = &counter->queues[i];
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "service", queue->service);
        json_writer_integer(writer, "waiting", queue->waiting_count);
        json_writer_integer(writer, "longest_wait_s", queue->longest_wait_s);
        json_writer_integer(writer, "open_counters", queue->open_counters);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

static void write_parked(struct json_writer *writer,
                         const struct counter_document *counter)
{
    assert(counter->parked_shown_count <= PARKED_SHOWN_MAX);
    json_writer_integer(writer, "reserved", counter->reserved_count);
    json_writer_integer(writer, "parked", counter->parked_count);
    json_writer_open_array(writer, "parked_tickets");
    for (uint32_t i = 0; i < counter->parked_shown_count; i++) {
        const struct counter_parked *parked = &counter->parked[i];
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "label", parked->label);
        json_writer_string(writer, "service", parked->service);
        json_writer_time(writer, "due_at", parked->due_at_ms);
        json_writer_string(writer, "reason", parked->reason);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

static void write_today(struct json_writer *writer, const struct counter_today *today)
{
    json_writer_open_object(writer, "today");
    json_writer_integer(writer, "served", today->served_count);
    json_writer_integer(writer, "in_standard", today->in_standard_count);
    json_writer_integer(writer, "offered", today->offered_count);
    if (today->has_share) {
        json_writer_integer(writer, "share_percent", today->share_percent);
    } else {
        json_writer_null(writer, "share_percent");
    }
    json_writer_integer(writer, "target_percent", today->target_percent);
    json_writer_close_object(writer);
}

void codec_write_counter(struct json_writer *writer, const char *key,
                         const struct counter_document *counter)
{
    json_writer_open_object(writer, key);
    json_writer_integer(writer, "epoch", counter->epoch);
    json_writer_integer(writer, "seq", counter->seq);
    json_writer_integer(writer, "tick", counter->tick);
    json_writer_time(writer, "at", counter->at_ms);
    json_writer_string(writer, "id", counter->id);
    json_writer_string(writer, "state", counter_state_name(counter->state));
    json_writer_string(writer, "light", light_name(counter->light));
    json_writer_integer(writer, "version", counter->version);
    json_writer_time(writer, "since", counter->since_ms);
    json_writer_string(writer, "reason", counter->reason);
    json_writer_time(writer, "back_at", counter->back_at_ms);
    json_writer_bool(writer, "pauses_after", counter->pauses_after);
    json_writer_bool(writer, "can_undo", counter->can_undo);
    json_writer_time(writer, "undo_until", counter->undo_until_ms);
    if (counter->has_ticket) {
        write_ticket(writer, &counter->ticket);
    } else {
        json_writer_null(writer, "ticket");
    }
    if (counter->has_next) {
        write_next(writer, &counter->next);
    } else {
        json_writer_null(writer, "next");
    }
    write_queues(writer, counter);
    write_today(writer, &counter->today);
    write_parked(writer, counter);
    json_writer_bool(writer, "signed_in", counter->has_agent);
    json_writer_string(writer, "profile", counter->profile);
    json_writer_bool(writer, "asks_help", counter->asks_help);
    json_writer_open_array(writer, "help_at");
    for (uint32_t i = 0; i < counter->help_count; i++) {
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "counter", counter->help_at[i]);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
    json_writer_close_object(writer);
}

static void read_ticket(const struct codec_reader *reader, struct counter_ticket *ticket)
{
    codec_string(reader, "label", ticket->label, sizeof(ticket->label));
    codec_id(reader, "service", ticket->service);
    codec_id(reader, "class", ticket->class_id);
    ticket->language = codec_language(reader, "language");
    ticket->state = codec_ticket_state(reader, "state");
    ticket->taken_at_ms = codec_time(reader, "taken_at");
    ticket->called_at_ms = codec_time_or_null(reader, "called_at");
    ticket->started_at_ms = codec_time_or_null(reader, "started_at");
    ticket->waited_s = codec_count(reader, "waited_s");
    ticket->call_count = codec_count(reader, "calls");
    if (codec_has(reader, "topic")) { /* absent from older servers */
        codec_string(reader, "topic", ticket->topic, sizeof(ticket->topic));
        codec_string(reader, "missing", ticket->missing, sizeof(ticket->missing));
    }
    ticket->completeness = COMPLETE_NOT_SAID;
    if (codec_has(reader, "complete")) {
        ticket->completeness =
            codec_bool(reader, "complete") ? COMPLETE_YES : COMPLETE_NO;
    }
    codec_read_asked(reader, &ticket->asked);
    codec_string_or_null(reader, "linked", ticket->linked, sizeof(ticket->linked));
    ticket->is_test = codec_bool_if_any(reader, "test");
    codec_read_lacks(reader, &ticket->lacks);
}

static void read_next(const struct codec_reader *reader, struct counter_next *next)
{
    codec_string(reader, "label", next->label, sizeof(next->label));
    codec_id(reader, "service", next->service);
    codec_id(reader, "class", next->class_id);
    next->waited_s = codec_count(reader, "waited_s");
    next->rule = CALL_LONGEST_WAIT;
    if (codec_has(reader, "rule")) { /* absent from older servers */
        char word[CODEC_WORD_BYTES];
        codec_word(reader, "rule", word);
        next->rule = call_rule_find(word);
        if (next->rule == CALL_RULE_COUNT) {
            codec_reader_fail_word(reader, "rule", word);
        }
    }
}

/* Absent from older servers. */
static void read_parked(const struct codec_reader *reader,
                        struct counter_document *counter)
{
    if (!codec_has(reader, "parked_tickets")) {
        return;
    }
    counter->reserved_count = codec_count(reader, "reserved");
    counter->parked_count = codec_count(reader, "parked");
    counter->parked_shown_count = codec_array(reader, "parked_tickets", PARKED_SHOWN_MAX);
    for (uint32_t i = 0; i < counter->parked_shown_count; i++) {
        struct codec_reader entry = codec_element(reader, "parked_tickets", i);
        struct counter_parked *parked = &counter->parked[i];
        codec_string(&entry, "label", parked->label, sizeof(parked->label));
        codec_id(&entry, "service", parked->service);
        parked->due_at_ms = codec_time_or_null(&entry, "due_at");
        codec_string(&entry, "reason", parked->reason, sizeof(parked->reason));
    }
}

static void read_today(const struct codec_reader *reader, struct counter_today *today)
{
    today->served_count = codec_count(reader, "served");
    today->in_standard_count = codec_count(reader, "in_standard");
    today->offered_count = codec_count(reader, "offered");
    today->has_share = codec_has(reader, "share_percent");
    if (today->has_share) {
        today->share_percent = (uint32_t)codec_integer(reader, "share_percent", 0, 100);
    }
    today->target_percent = (uint32_t)codec_integer(reader, "target_percent", 0, 100);
}

/* Absent from older servers. */
static void read_help(const struct codec_reader *reader, struct counter_document *counter)
{
    counter->asks_help =
        codec_has(reader, "asks_help") && codec_bool(reader, "asks_help");
    counter->help_count =
        codec_has(reader, "help_at") ? codec_array(reader, "help_at", COUNTERS_MAX) : 0;
    for (uint32_t i = 0; i < counter->help_count; i++) {
        struct codec_reader element = codec_element(reader, "help_at", i);
        codec_id(&element, "counter", counter->help_at[i]);
    }
}

void codec_read_counter(const struct codec_reader *reader,
                        struct counter_document *ret_counter)
{
    struct counter_document *counter = ret_counter;
    counter->epoch = codec_integer(reader, "epoch", 0, INT64_MAX);
    counter->seq = codec_integer(reader, "seq", 0, INT64_MAX);
    counter->tick = codec_integer(reader, "tick", 0, INT64_MAX);
    counter->at_ms = codec_time(reader, "at");
    codec_id(reader, "id", counter->id);
    counter->state = codec_counter_state(reader, "state");
    counter->light = codec_light(reader, "light");
    counter->version = codec_integer(reader, "version", 0, INT64_MAX);
    counter->since_ms = codec_time_or_null(reader, "since");
    codec_string(reader, "reason", counter->reason, sizeof(counter->reason));
    counter->back_at_ms = codec_time_or_null(reader, "back_at");
    counter->pauses_after = codec_has(reader, "pauses_after") && /* of newer servers */
                            codec_bool(reader, "pauses_after");
    counter->can_undo = codec_bool(reader, "can_undo");
    counter->undo_until_ms = codec_time_or_null(reader, "undo_until");
    counter->has_ticket = codec_has(reader, "ticket");
    if (counter->has_ticket) {
        struct codec_reader ticket = codec_object(reader, "ticket");
        read_ticket(&ticket, &counter->ticket);
    }
    counter->has_next = codec_has(reader, "next");
    if (counter->has_next) {
        struct codec_reader next = codec_object(reader, "next");
        read_next(&next, &counter->next);
    }
    counter->queue_count = codec_array(reader, "queues", SERVICES_MAX);
    for (uint32_t i = 0; i < counter->queue_count; i++) {
        struct codec_reader queue = codec_element(reader, "queues", i);
        codec_id(&queue, "service", counter->queues[i].service);
        counter->queues[i].waiting_count = codec_count(&queue, "waiting");
        counter->queues[i].longest_wait_s = codec_count(&queue, "longest_wait_s");
        counter->queues[i].open_counters =
            codec_has(&queue, "open_counters") /* absent from older servers */
                ? codec_count(&queue, "open_counters")
                : 0;
    }
    struct codec_reader today = codec_object(reader, "today");
    read_today(&today, &counter->today);
    read_parked(reader, counter);
    read_help(reader, counter);
    counter->has_agent = codec_has(reader, "signed_in") && /* of newer servers */
                         codec_bool(reader, "signed_in");
    counter->profile[0] = '\0';
    if (codec_has(reader, "profile")) {
        codec_string(reader, "profile", counter->profile, sizeof(counter->profile));
    }
}

enum status counter_encode(const struct counter_document *counter, char *buffer,
                           size_t capacity, size_t *ret_length, struct error *err)
{
    assert(counter && buffer && ret_length);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    codec_write_counter(&writer, NULL, counter);
    return json_writer_finish(&writer, "the counter's state", ret_length, err);
}

enum status counter_decode(const char *bytes, size_t length,
                           struct counter_document *ret_counter, struct error *err)
{
    assert(bytes && ret_counter);
    json_t *tree = NULL;
    enum status status = codec_parse(bytes, length, &tree, err);
    if (status != OK) {
        return status;
    }
    struct counter_document counter = {0};
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    codec_read_counter(&reader, &counter);
    if (fault.status == OK) {
        *ret_counter = counter;
    }
    json_decref(tree);
    return fault.status;
}

enum status service_encode(const struct service_document *service, char *buffer,
                           size_t capacity, size_t *ret_length, struct error *err)
{
    assert(service && buffer && ret_length);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_integer(&writer, "epoch", service->epoch);
    json_writer_integer(&writer, "seq", service->seq);
    json_writer_integer(&writer, "tick", service->tick);
    json_writer_string(&writer, "id", service->id);
    json_writer_bool(&writer, "open", service->is_open);
    json_writer_time(&writer, "opens_at", service->opens_at_ms);
    json_writer_integer(&writer, "waiting", service->waiting_count);
    json_writer_integer(&writer, "open_counters", service->open_counters);
    codec_write_wait(&writer, &service->wait);
    json_writer_string(&writer, "limit", service_limit_name(service->limit));
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the service's state", ret_length, err);
}

enum status service_decode(const char *bytes, size_t length,
                           struct service_document *ret_service, struct error *err)
{
    assert(bytes && ret_service);
    json_t *tree = NULL;
    enum status status = codec_parse(bytes, length, &tree, err);
    if (status != OK) {
        return status;
    }
    struct service_document service = {0};
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    service.epoch = codec_integer(&reader, "epoch", 0, INT64_MAX);
    service.seq = codec_integer(&reader, "seq", 0, INT64_MAX);
    service.tick = codec_integer(&reader, "tick", 0, INT64_MAX);
    codec_id(&reader, "id", service.id);
    service.is_open = codec_bool(&reader, "open");
    service.opens_at_ms = codec_time_or_null(&reader, "opens_at");
    service.waiting_count = codec_count(&reader, "waiting");
    service.open_counters = codec_count(&reader, "open_counters");
    service.wait = codec_read_wait(&reader);
    if (codec_has(&reader, "limit")) { /* absent from older servers */
        char word[CODEC_WORD_BYTES];
        codec_word(&reader, "limit", word);
        service.limit = service_limit_find(word);
        if (service.limit == SERVICE_LIMIT_COUNT) {
            codec_reader_fail_word(&reader, "limit", word);
        }
    }
    if (fault.status == OK) {
        *ret_service = service;
    }
    json_decref(tree);
    return fault.status;
}
