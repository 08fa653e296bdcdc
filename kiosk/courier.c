/* One command on its way; see courier.h. */
#include "kiosk/courier.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/clock.h"
#include "runtime/codec_command.h"
#include "runtime/log.h"
#include "runtime/outbox.h"
#include "runtime/request.h"

#define MODULE "courier"

struct courier {
    struct outbox *outbox;
    struct request request;
    struct identifier_source identifiers;
    int64_t wake_at_ms;
    courier_send *send;
    void *data;
};

enum status courier_create(const char *folder, struct courier **ret_courier,
                           struct error *err, courier_send *send, void *data)
{
    struct courier *courier = calloc(1, sizeof(*courier));
    if (!courier) {
        return error_set(err, ERR_IO, "out of memory");
    }
    enum status status = outbox_open(folder, &courier->outbox, err);
    if (status != OK) {
        free(courier);
        return status;
    }
    request_init(&courier->request);
    courier->wake_at_ms = INT64_MAX;
    courier->send = send;
    courier->data = data;
    *ret_courier = courier;
    return OK;
}

void courier_destroy(struct courier *courier)
{
    if (!courier) {
        return;
    }
    outbox_close(courier->outbox);
    free(courier);
}

/* Give the machine one input and do what it asks for. */
static enum status step(struct courier *courier, struct request_input input,
                        struct error *err)
{
    input.now_ms = clock_machine_ms();
    struct request_output output = request_step(&courier->request, &input);
    enum status status = OK;
    if (output.must_store) {
        const struct request *request = &courier->request;
        status = outbox_store(courier->outbox, request->id, request->bytes,
                              request->length, err);
        input = (struct request_input){.kind = status == OK ? REQUEST_ON_STORED
                                                            : REQUEST_ON_STORE_FAILED,
                                       .now_ms = input.now_ms};
        output = request_step(&courier->request, &input);
    }
    if (output.must_send) {
        courier->send(courier->data, courier->request.bytes, courier->request.length);
    }
    if (output.must_clear) {
        struct error problem = {0};
        if (outbox_clear(courier->outbox, &problem) != OK) {
            /* It is sent again at the next start and gets its stored answer. */
            log_failure(MODULE, &problem);
        }
    }
    courier->wake_at_ms = output.wake_at_ms;
    return status;
}

/* The time in a UUIDv7: its first 48 bits. */
static int64_t made_at_ms(const char *id)
{
    uint8_t bytes[IDENTIFIER_BYTES];
    int64_t ms = 0;
    if (!identifier_parse(id, bytes)) {
        return INT64_MAX; /* of another form: its age is not known */
    }
    for (int i = 0; i < 6; i++) {
        ms = ms * 256 + bytes[i];
    }
    return ms;
}

enum status courier_resume(struct courier *courier, struct command_document *ret_command,
                           int64_t *ret_age_ms, int64_t wall_ms, struct error *err)
{
    struct outbox_command stored;
    struct command_document command;
    enum command_fault fault = COMMAND_FAULT_NONE;
    enum status status = outbox_read(courier->outbox, &stored, err);
    if (status == OK) {
        status = command_decode(stored.bytes, stored.length, SENDER_KIOSK, &command,
                                &fault, err);
    }
    if (status != OK) {
        return status;
    }
    *ret_command = command;
    *ret_age_ms = wall_ms - made_at_ms(stored.id);
    return step(courier,
                (struct request_input){.kind = REQUEST_ON_RESUME,
                                       .id = stored.id,
                                       .bytes = stored.bytes,
                                       .length = stored.length},
                err);
}

bool courier_is_free(const struct courier *courier)
{
    return request_may_begin(&courier->request);
}

enum status courier_begin(struct courier *courier, struct command_document *command,
                          int64_t wall_ms, struct error *err)
{
    assert(courier_is_free(courier));
    char bytes[COMMAND_BYTES_MAX];
    size_t length = 0;
    enum status status =
        identifier_make(&courier->identifiers, wall_ms, command->id, err);
    if (status == OK) {
        status =
            command_encode(command, SENDER_KIOSK, bytes, sizeof(bytes), &length, err);
    }
    if (status != OK) {
        return status;
    }
    return step(courier,
                (struct request_input){.kind = REQUEST_ON_BEGIN,
                                       .id = command->id,
                                       .bytes = bytes,
                                       .length = length},
                err);
}

void courier_connected(struct courier *courier, bool is_connected)
{
    enum request_input_kind kind =
        is_connected ? REQUEST_ON_CONNECTED : REQUEST_ON_DISCONNECTED;
    (void)step(courier, (struct request_input){.kind = kind}, NULL); /* stores nothing */
}

void courier_time(struct courier *courier, int64_t now_ms)
{
    if (now_ms >= courier->wake_at_ms) {
        /* Nothing is stored by time. */
        (void)step(courier, (struct request_input){.kind = REQUEST_ON_TICK}, NULL);
    }
}

int64_t courier_wake_ms(const struct courier *courier)
{
    return courier->wake_at_ms;
}

bool courier_reply(struct courier *courier, const struct reply_document *reply)
{
    enum request_state before = courier->request.state;
    bool is_unavailable = !reply->is_ok && strcmp(reply->code, "unavailable") == 0;
    enum request_outcome outcome = reply->is_ok     ? OUTCOME_DONE
                                   : is_unavailable ? OUTCOME_UNAVAILABLE
                                                    : OUTCOME_REFUSED;
    bool was_on_its_way = before == REQUEST_SENDING || before == REQUEST_UNKNOWN;
    (void)step(courier,
               (struct request_input){
                   .kind = REQUEST_ON_REPLY, .id = reply->id, .outcome = outcome},
               NULL); /* stores nothing */
    bool is_answered = courier->request.state == REQUEST_ANSWERED ||
                       courier->request.state == REQUEST_REFUSED;
    return was_on_its_way && is_answered;
}
