/* Replies as JSON; see codec_reply.h. */
#include "runtime/codec_reply.h"

#include <assert.h>

#include "runtime/codec_parts.h"

static void write_ticket(struct json_writer *writer, const struct reply_ticket *ticket)
{
    json_writer_open_object(writer, "ticket");
    json_writer_string(writer, "label", ticket->label);
    json_writer_string(writer, "service", ticket->service);
    json_writer_string(writer, "state", ticket_state_name(ticket->state));
    json_writer_string(writer, "class", ticket->class_id);
    json_writer_string(writer, "language", language_tag(ticket->language));
    json_writer_time(writer, "taken_at", ticket->taken_at_ms);
    json_writer_integer(writer, "ahead", ticket->ahead);
    json_writer_integer(writer, "open_counters", ticket->open_counters);
    codec_write_wait(writer, &ticket->wait);
    codec_write_asked(writer, &ticket->asked);
    json_writer_integer(writer, "waited_s", ticket->waited_s);
    json_writer_string_or_null(writer, "counter", ticket->counter);
    json_writer_string_or_null(writer, "linked", ticket->linked);
    json_writer_bool(writer, "test", ticket->is_test);
    json_writer_bool(writer, "suspect", ticket->is_suspect);
    json_writer_close_object(writer);
}

static void write_device(struct json_writer *writer, const struct device_presence *device)
{
    json_writer_open_object(writer, NULL);
    json_writer_string(writer, "kind", device->kind);
    json_writer_string(writer, "id", device->id);
    json_writer_bool(writer, "online", device->is_online);
    json_writer_string_or_null(writer, "version", device->version);
    json_writer_string_or_null(writer, "printer", device->printer);
    json_writer_string_or_null(writer, "paper", device->paper);
    if (device->age_ms >= 0) {
        json_writer_integer(writer, "age_ms", device->age_ms);
    } else {
        json_writer_null(writer, "age_ms");
    }
    json_writer_close_object(writer);
}

static void write_status(struct json_writer *writer, const struct server_status *status)
{
    assert(status->device_count <= STATUS_DEVICES_MAX);
    json_writer_open_object(writer, "status");
    json_writer_string(writer, "version", status->version);
    json_writer_time(writer, "started_at", status->started_at_ms);
    json_writer_integer(writer, "epoch", status->epoch);
    json_writer_integer(writer, "seq", status->seq);
    json_writer_string(writer, "clock", clock_mode_name(status->clock));
    json_writer_integer(writer, "factor", status->factor);
    json_writer_date(writer, "day", status->day);
    json_writer_string(writer, "time_zone", status->time_zone);
    json_writer_integer(writer, "tickets", status->ticket_count);
    json_writer_integer(writer, "waiting", status->waiting_count);
    json_writer_integer(writer, "open_counters", status->open_counters);
    json_writer_integer(writer, "open_services", status->open_services);
    json_writer_open_array(writer, "devices");
    for (uint32_t i = 0; i < status->device_count; i++) {
        write_device(writer, &status->devices[i]);
    }
    json_writer_close_array(writer);
    json_writer_close_object(writer);
}

static void write_refusal(struct json_writer *writer, const struct reply_document *reply)
{
    json_writer_string(writer, "code", reply->code);
    json_writer_string(writer, "sentence", reply->sentence);
    if (reply->subject.ticket[0] != '\0') {
        json_writer_string(writer, "ticket", reply->subject.ticket);
    }
    if (reply->subject.counter[0] != '\0') {
        json_writer_string(writer, "counter", reply->subject.counter);
    }
    if (reply->subject.state[0] != '\0') {
        json_writer_string(writer, "state", reply->subject.state);
    }
}

enum status reply_encode(const struct reply_document *reply, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err)
{
    assert(reply && buffer && ret_length);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_string_or_null(&writer, "id", reply->id);
    json_writer_bool(&writer, "ok", reply->is_ok);
    json_writer_time(&writer, "at", reply->at_ms);
    if (!reply->is_ok) {
        write_refusal(&writer, reply);
    } else {
        if (reply->has_ticket) {
            write_ticket(&writer, &reply->ticket);
        }
        if (reply->has_counter) {
            codec_write_counter(&writer, "counter", &reply->counter);
        }
        if (reply->remark != 0) {
            json_writer_integer(&writer, "remark", reply->remark);
        }
        if (reply->status) {
            write_status(&writer, reply->status);
        }
    }
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the reply", ret_length, err);
}

static void read_ticket(const struct codec_reader *reader, struct reply_ticket *ticket)
{
    codec_string(reader, "label", ticket->label, sizeof(ticket->label));
    codec_id(reader, "service", ticket->service);
    ticket->state = codec_ticket_state(reader, "state");
    codec_id(reader, "class", ticket->class_id);
    ticket->language = codec_language(reader, "language");
    ticket->taken_at_ms = codec_time(reader, "taken_at");
    ticket->ahead = codec_count(reader, "ahead");
    ticket->open_counters = codec_count(reader, "open_counters");
    ticket->wait = codec_read_wait(reader);
    codec_read_asked(reader, &ticket->asked);
    if (codec_has(reader, "waited_s")) { /* absent from older servers */
        ticket->waited_s = codec_count(reader, "waited_s");
        codec_string_or_null(reader, "counter", ticket->counter, sizeof(ticket->counter));
    }
    codec_string_or_null(reader, "linked", ticket->linked, sizeof(ticket->linked));
    ticket->is_test = codec_bool_if_any(reader, "test");
    ticket->is_suspect = codec_bool_if_any(reader, "suspect");
}

static void read_reply(const struct codec_reader *reader, struct reply_document *reply)
{
    codec_string_or_null(reader, "id", reply->id, sizeof(reply->id));
    reply->is_ok = codec_bool(reader, "ok");
    reply->at_ms = codec_time(reader, "at");
    if (!reply->is_ok) {
        codec_string(reader, "code", reply->code, sizeof(reply->code));
        codec_string(reader, "sentence", reply->sentence, sizeof(reply->sentence));
        codec_string_or_null(reader, "ticket", reply->subject.ticket,
                             sizeof(reply->subject.ticket));
        codec_string_or_null(reader, "counter", reply->subject.counter,
                             sizeof(reply->subject.counter));
        codec_string_or_null(reader, "state", reply->subject.state,
                             sizeof(reply->subject.state));
        return;
    }
    reply->has_ticket = codec_has(reader, "ticket");
    if (reply->has_ticket) {
        struct codec_reader ticket = codec_object(reader, "ticket");
        read_ticket(&ticket, &reply->ticket);
    }
    reply->has_counter = codec_has(reader, "counter");
    if (reply->has_counter) {
        struct codec_reader counter = codec_object(reader, "counter");
        codec_read_counter(&counter, &reply->counter);
    }
    if (codec_has(reader, "remark")) {
        reply->remark = (uint32_t)codec_integer(reader, "remark", 1, REMARKS_PER_DAY_MAX);
    }
}

enum status reply_decode(const char *bytes, size_t length,
                         struct reply_document *ret_reply, struct error *err)
{
    assert(bytes && ret_reply);
    json_t *tree = NULL;
    enum status status = codec_parse(bytes, length, &tree, err);
    if (status != OK) {
        return status;
    }
    struct reply_document reply = {.is_ok = false};
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    read_reply(&reader, &reply);
    if (fault.status == OK) {
        *ret_reply = reply;
    }
    json_decref(tree);
    return fault.status;
}

static void read_device(const struct codec_reader *reader, struct device_presence *device)
{
    codec_string(reader, "kind", device->kind, sizeof(device->kind));
    codec_id(reader, "id", device->id);
    device->is_online = codec_bool(reader, "online");
    codec_string_or_null(reader, "version", device->version, sizeof(device->version));
    codec_string_or_null(reader, "printer", device->printer, sizeof(device->printer));
    codec_string_or_null(reader, "paper", device->paper, sizeof(device->paper));
    device->age_ms =
        codec_has(reader, "age_ms") ? codec_integer(reader, "age_ms", 0, INT64_MAX) : -1;
}

static void read_status(const struct codec_reader *reader, struct server_status *status)
{
    codec_string(reader, "version", status->version, sizeof(status->version));
    status->started_at_ms = codec_time(reader, "started_at");
    status->epoch = codec_integer(reader, "epoch", 0, INT64_MAX);
    status->seq = codec_integer(reader, "seq", 0, INT64_MAX);
    status->clock = codec_clock_mode(reader, "clock");
    status->factor = codec_count(reader, "factor");
    status->day = codec_date_or_null(reader, "day");
    codec_string(reader, "time_zone", status->time_zone, sizeof(status->time_zone));
    status->ticket_count = codec_count(reader, "tickets");
    status->waiting_count = codec_count(reader, "waiting");
    status->open_counters = codec_count(reader, "open_counters");
    status->open_services = codec_count(reader, "open_services");
    status->device_count = codec_array(reader, "devices", STATUS_DEVICES_MAX);
    for (uint32_t i = 0; i < status->device_count; i++) {
        struct codec_reader device = codec_element(reader, "devices", i);
        read_device(&device, &status->devices[i]);
    }
}

enum status server_status_decode(const char *bytes, size_t length,
                                 struct server_status *ret_status, struct error *err)
{
    assert(bytes && ret_status);
    json_t *tree = NULL;
    enum status parsed = codec_parse(bytes, length, &tree, err);
    if (parsed != OK) {
        return parsed;
    }
    struct server_status *status = server_status_create();
    if (!status) {
        json_decref(tree);
        return error_set(err, ERR_FULL, "there is no memory for a status");
    }
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    if (codec_has(&reader, "status")) {
        struct codec_reader inner = codec_object(&reader, "status");
        read_status(&inner, status);
    } else {
        fault.status = error_set(err, ERR_NOT_FOUND, "the reply has no field 'status'");
    }
    if (fault.status == OK) {
        *ret_status = *status;
    }
    server_status_destroy(status);
    json_decref(tree);
    return fault.status;
}
