/* The state of a hall as JSON; see codec_hall.h. */
#include "runtime/codec_hall.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/codec_parts.h"

static_assert(HALL_NAMED_MAX / SERVICES_MAX >= 1, "every service names somebody");

uint32_t hall_first_max(uint32_t service_count)
{
    assert(service_count <= SERVICES_MAX);
    uint32_t share = service_count > 0 ? HALL_NAMED_MAX / service_count : HALL_FIRST_MAX;
    return share < HALL_FIRST_MAX ? share : HALL_FIRST_MAX;
}

static const char *const mark_names[] = {
    [MARK_NONE] = "", [MARK_SUSPECT] = "suspect", [MARK_TEST] = "test"};
static_assert(sizeof(mark_names) / sizeof(mark_names[0]) == MARK_COUNT,
              "every mark has a name");

const char *ticket_mark_name(enum ticket_mark mark)
{
    assert(mark < MARK_COUNT);
    return mark_names[mark];
}

static enum ticket_mark read_mark(const struct codec_reader *reader)
{
    char word[CODEC_WORD_BYTES] = "";
    codec_string(reader, "mark", word, sizeof(word));
    for (uint32_t i = 0; i < MARK_COUNT; i++) {
        if (strcmp(word, mark_names[i]) == 0) {
            return (enum ticket_mark)i;
        }
    }
    codec_reader_fail_word(reader, "mark", word);
    return MARK_NONE;
}

static void write_services(struct json_writer *writer, const struct hall_document *hall)
{
    json_writer_open_array(writer, "services");
    for (uint32_t i = 0; i < hall->service_count; i++) {
        const struct hall_service *service = &hall->services[i];
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", service->id);
        json_writer_bool(writer, "open", service->is_open);
        json_writer_integer(writer, "waiting", service->waiting_count);
        json_writer_integer(writer, "longest_wait_s", service->longest_wait_s);
        json_writer_integer(writer, "given", service->given_count);
        json_writer_integer(writer, "quota", service->quota);
        json_writer_time(writer, "until", service->until_ms);
        json_writer_open_array(writer, "first");
        for (uint32_t j = 0; j < service->first_count; j++) {
            json_writer_open_object(writer, NULL);
            json_writer_string(writer, "label", service->first[j].label);
            json_writer_string(writer, "class", service->first[j].class_id);
            json_writer_integer(writer, "waited_s", service->first[j].waited_s);
            json_writer_string(writer, "mark", ticket_mark_name(service->first[j].mark));
            json_writer_close_object(writer);
        }
        json_writer_close_array(writer);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

static void write_counters(struct json_writer *writer, const struct hall_document *hall)
{
    json_writer_open_array(writer, "counters");
    for (uint32_t i = 0; i < hall->counter_count; i++) {
        const struct hall_counter *counter = &hall->counters[i];
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", counter->id);
        json_writer_string(writer, "state", counter_state_name(counter->state));
        json_writer_string(writer, "light", light_name(counter->light));
        json_writer_string_or_null(writer, "ticket", counter->ticket);
        json_writer_time(writer, "since", counter->since_ms);
        json_writer_string(writer, "reason", counter->reason);
        json_writer_bool(writer, "asks_help", counter->asks_help);
        json_writer_integer(writer, "parked", counter->parked_count);
        json_writer_integer(writer, "reserved", counter->reserved_count);
        json_writer_integer(writer, "served", counter->served_count);
        json_writer_string_or_null(writer, "profile", counter->profile);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

/* What supervisors decided for today. */
static void write_day(struct json_writer *writer, const struct hall_document *hall)
{
    json_writer_open_array(writer, "remarks");
    for (uint32_t i = 0; i < hall->remark_count; i++) {
        const struct hall_remark *remark = &hall->remarks[i];
        json_writer_open_object(writer, NULL);
        json_writer_integer(writer, "remark", remark->number);
        json_writer_string(writer, "text", remark->text);
        json_writer_string_or_null(writer, "service", remark->service);
        json_writer_time(writer, "from", remark->from_ms);
        json_writer_time(writer, "until", remark->until_ms);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
    codec_write_message(writer, &hall->message);
    if (hall->exceptional.until_ms == 0) {
        json_writer_null(writer, "exceptional");
        return;
    }
    json_writer_open_object(writer, "exceptional");
    json_writer_time(writer, "until", hall->exceptional.until_ms);
    json_writer_string_or_null(writer, "service", hall->exceptional.service);
    json_writer_close_object(writer);
}

enum status hall_encode(const struct hall_document *hall, char *buffer, size_t capacity,
                        size_t *ret_length, struct error *err)
{
    assert(hall && buffer && ret_length);
    assert(hall->service_count <= SERVICES_MAX && hall->counter_count <= COUNTERS_MAX);
    assert(hall->ended_count <= HALL_ENDED_MAX);
    assert(hall->remark_count <= HALL_REMARKS_MAX);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_integer(&writer, "epoch", hall->epoch);
    json_writer_integer(&writer, "seq", hall->seq);
    json_writer_integer(&writer, "tick", hall->tick);
    json_writer_time(&writer, "at", hall->at_ms);
    json_writer_string(&writer, "clock", clock_mode_name(hall->clock));
    json_writer_integer(&writer, "factor", hall->factor);
    json_writer_date(&writer, "day", hall->day);
    json_writer_string(&writer, "hall", hall->hall);
    json_writer_integer(&writer, "suspect", hall->suspect_count);
    write_services(&writer, hall);
    write_counters(&writer, hall);
    json_writer_open_array(&writer, "ended");
    for (uint32_t i = 0; i < hall->ended_count; i++) {
        json_writer_open_object(&writer, NULL);
        json_writer_string(&writer, "label", hall->ended[i].label);
        json_writer_string(&writer, "outcome", ticket_state_name(hall->ended[i].outcome));
        json_writer_time(&writer, "at", hall->ended[i].at_ms);
        json_writer_close_object(&writer);
    }
    json_writer_close_array(&writer);
    write_day(&writer, hall);
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the hall's state", ret_length, err);
}

static void read_service(const struct codec_reader *reader, struct hall_service *service)
{
    codec_id(reader, "id", service->id);
    service->is_open = codec_bool(reader, "open");
    service->waiting_count = codec_count(reader, "waiting");
    service->longest_wait_s = codec_count(reader, "longest_wait_s");
    service->given_count = codec_count(reader, "given");
    service->quota = codec_count(reader, "quota");
    service->until_ms = codec_time_or_null(reader, "until");
    service->first_count = codec_array(reader, "first", HALL_FIRST_MAX);
    for (uint32_t i = 0; i < service->first_count; i++) {
        struct codec_reader element = codec_element(reader, "first", i);
        struct hall_ticket *ticket = &service->first[i];
        codec_string(&element, "label", ticket->label, sizeof(ticket->label));
        codec_id(&element, "class", ticket->class_id);
        ticket->waited_s = codec_count(&element, "waited_s");
        ticket->mark = read_mark(&element);
    }
}

static void read_counter(const struct codec_reader *reader, struct hall_counter *counter)
{
    codec_id(reader, "id", counter->id);
    counter->state = codec_counter_state(reader, "state");
    counter->light = codec_light(reader, "light");
    codec_string_or_null(reader, "ticket", counter->ticket, sizeof(counter->ticket));
    counter->since_ms = codec_time_or_null(reader, "since");
    codec_string(reader, "reason", counter->reason, sizeof(counter->reason));
    counter->asks_help = codec_bool(reader, "asks_help");
    counter->parked_count = codec_count(reader, "parked");
    counter->reserved_count = codec_count(reader, "reserved");
    counter->served_count = codec_count(reader, "served");
    codec_string_or_null(reader, "profile", counter->profile, sizeof(counter->profile));
}

static void read_day(const struct codec_reader *reader, struct hall_document *hall)
{
    hall->remark_count = codec_array(reader, "remarks", HALL_REMARKS_MAX);
    for (uint32_t i = 0; i < hall->remark_count; i++) {
        struct codec_reader element = codec_element(reader, "remarks", i);
        struct hall_remark *remark = &hall->remarks[i];
        remark->number =
            (uint32_t)codec_integer(&element, "remark", 1, REMARKS_PER_DAY_MAX);
        codec_string(&element, "text", remark->text, sizeof(remark->text));
        codec_string_or_null(&element, "service", remark->service,
                             sizeof(remark->service));
        remark->from_ms = codec_time(&element, "from");
        remark->until_ms = codec_time(&element, "until");
    }
    codec_read_message(reader, &hall->message);
    if (codec_has(reader, "exceptional")) {
        struct codec_reader inside = codec_object(reader, "exceptional");
        hall->exceptional.until_ms = codec_time(&inside, "until");
        codec_string_or_null(&inside, "service", hall->exceptional.service,
                             sizeof(hall->exceptional.service));
    }
}

static void read_hall(const struct codec_reader *reader, struct hall_document *hall)
{
    hall->epoch = codec_integer(reader, "epoch", 0, INT64_MAX);
    hall->seq = codec_integer(reader, "seq", 0, INT64_MAX);
    hall->tick = codec_integer(reader, "tick", 0, INT64_MAX);
    hall->at_ms = codec_time(reader, "at");
    hall->clock = codec_clock_mode(reader, "clock");
    hall->factor = (uint32_t)codec_integer(reader, "factor", 1, 86400);
    hall->day = codec_date_or_null(reader, "day");
    codec_id(reader, "hall", hall->hall);
    hall->suspect_count = codec_count(reader, "suspect");
    hall->service_count = codec_array(reader, "services", SERVICES_MAX);
    for (uint32_t i = 0; i < hall->service_count; i++) {
        struct codec_reader element = codec_element(reader, "services", i);
        read_service(&element, &hall->services[i]);
    }
    hall->counter_count = codec_array(reader, "counters", COUNTERS_MAX);
    for (uint32_t i = 0; i < hall->counter_count; i++) {
        struct codec_reader element = codec_element(reader, "counters", i);
        read_counter(&element, &hall->counters[i]);
    }
    hall->ended_count = codec_array(reader, "ended", HALL_ENDED_MAX);
    for (uint32_t i = 0; i < hall->ended_count; i++) {
        struct codec_reader element = codec_element(reader, "ended", i);
        struct hall_ended *ended = &hall->ended[i];
        codec_string(&element, "label", ended->label, sizeof(ended->label));
        ended->outcome = codec_ticket_state(&element, "outcome");
        ended->at_ms = codec_time(&element, "at");
    }
    read_day(reader, hall);
}

enum status hall_decode(const char *bytes, size_t length, struct hall_document *ret_hall,
                        struct error *err)
{
    assert(bytes && ret_hall);
    json_t *tree = NULL;
    enum status status = codec_parse(bytes, length, &tree, err);
    if (status != OK) {
        return status;
    }
    struct hall_document *hall = calloc(1, sizeof(*hall));
    if (!hall) {
        json_decref(tree);
        return error_set(err, ERR_FULL, "there is no memory for a hall");
    }
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    read_hall(&reader, hall);
    if (fault.status == OK) {
        *ret_hall = *hall;
    }
    free(hall);
    json_decref(tree);
    return fault.status;
}
