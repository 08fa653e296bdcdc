/* The life of one command; see request.h. */
#include "runtime/request.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

/* Pauses between sends of one connection. */
static const int64_t pauses_ms[] = {250, 500, 1000, 2000, 4000};
#define PAUSE_COUNT (sizeof(pauses_ms) / sizeof(pauses_ms[0]))

/* The pause when those are used up. */
#define PAUSE_LATER_MS 5000

#define MAY(state) (1U << (REQUEST_##state))

static const struct {
    const char *name;
    unsigned successors;
} states[] = {
    [REQUEST_IDLE] = {"idle", MAY(STORING) | MAY(UNKNOWN)},
    [REQUEST_STORING] = {"storing", MAY(SENDING) | MAY(REFUSED)},
    [REQUEST_SENDING] = {"sending", MAY(UNKNOWN) | MAY(ANSWERED) | MAY(REFUSED)},
    [REQUEST_UNKNOWN] = {"unknown", MAY(ANSWERED) | MAY(REFUSED)},
    [REQUEST_ANSWERED] = {"answered", MAY(IDLE) | MAY(STORING)},
    [REQUEST_REFUSED] = {"refused", MAY(IDLE) | MAY(STORING)},
};
_Static_assert(sizeof(states) / sizeof(states[0]) == REQUEST_STATE_COUNT,
               "one row a state");

static void move(struct request *request, enum request_state state)
{
    assert((states[request->state].successors & (1U << state)) != 0);
    request->state = state;
}

void request_init(struct request *request)
{
    *request = (struct request){.state = REQUEST_IDLE};
}

bool request_may_begin(const struct request *request)
{
    return (states[request->state].successors & MAY(STORING)) != 0;
}

static bool is_on_its_way(const struct request *request)
{
    return request->state == REQUEST_SENDING || request->state == REQUEST_UNKNOWN;
}

static void keep_command(struct request *request, const struct request_input *input)
{
    assert(identifier_parse(input->id, NULL));
    assert(input->length >= 1 && input->length <= COMMAND_BYTES_MAX);
    (void)text_copy(request->id, sizeof(request->id), input->id); /* it was just parsed */
    memcpy(request->bytes, input->bytes, input->length);
    request->bytes[input->length] = '\0';
    request->length = input->length;
    request->began_ms = input->now_ms;
    request->sent_count = 0;
    request->next_send_at_ms = input->now_ms;
}

/* An answer to our command ends its way; any other is somebody's mistake or a duplicate.
 */
static void take_reply(struct request *request, const struct request_input *input)
{
    if (!is_on_its_way(request) || strcmp(input->id, request->id) != 0) {
        return;
    }
    if (input->outcome == OUTCOME_DONE) {
        move(request, REQUEST_ANSWERED);
    } else if (input->outcome == OUTCOME_REFUSED) {
        move(request, REQUEST_REFUSED);
    }
}

static void set_connected(struct request *request, const struct request_input *input)
{
    request->is_connected = input->kind == REQUEST_ON_CONNECTED;
    request->sent_count = 0;
    request->next_send_at_ms = input->now_ms;
}

/* Changes the state as the input asks. */
static void take_input(struct request *request, const struct request_input *input)
{
    switch (input->kind) {
    case REQUEST_ON_BEGIN:
        assert(request_may_begin(request));
        keep_command(request, input);
        move(request, REQUEST_STORING);
        break;
    case REQUEST_ON_RESUME:
        keep_command(request, input);
        move(request, REQUEST_UNKNOWN);
        break;
    case REQUEST_ON_STORED:
        if (request->state == REQUEST_STORING) {
            move(request, REQUEST_SENDING);
        }
        break;
    case REQUEST_ON_STORE_FAILED:
        if (request->state == REQUEST_STORING) {
            move(request, REQUEST_REFUSED);
        }
        break;
    case REQUEST_ON_CONNECTED:
    case REQUEST_ON_DISCONNECTED:
        set_connected(request, input);
        break;
    case REQUEST_ON_REPLY:
        take_reply(request, input);
        break;
    case REQUEST_ON_DISMISS:
        if (request->state == REQUEST_ANSWERED || request->state == REQUEST_REFUSED) {
            move(request, REQUEST_IDLE);
        }
        break;
    case REQUEST_ON_TICK:
    case REQUEST_INPUT_COUNT:
        break;
    }
}

/* Whether the command is to be sent now; counts it then. */
static bool take_send(struct request *request, int64_t now_ms)
{
    if (!is_on_its_way(request) || !request->is_connected ||
        now_ms < request->next_send_at_ms) {
        return false;
    }
    unsigned index = request->sent_count++;
    request->next_send_at_ms =
        now_ms + (index < PAUSE_COUNT ? pauses_ms[index] : PAUSE_LATER_MS);
    return true;
}

static int64_t next_wake_ms(const struct request *request)
{
    int64_t wake_ms = INT64_MAX;
    if (request->state == REQUEST_SENDING) {
        wake_ms = request->began_ms + REQUEST_UNKNOWN_AFTER_MS;
    }
    if (is_on_its_way(request) && request->is_connected &&
        request->next_send_at_ms < wake_ms) {
        wake_ms = request->next_send_at_ms;
    }
    return wake_ms;
}

struct request_output request_step(struct request *request,
                                   const struct request_input *input)
{
    enum request_state before = request->state;
    take_input(request, input);
    if (request->state == REQUEST_SENDING &&
        input->now_ms - request->began_ms >= REQUEST_UNKNOWN_AFTER_MS) {
        move(request, REQUEST_UNKNOWN);
    }
    bool was_stored = before == REQUEST_SENDING || before == REQUEST_UNKNOWN;
    struct request_output output = {
        .must_store = before != REQUEST_STORING && request->state == REQUEST_STORING,
        .must_send = take_send(request, input->now_ms),
        .must_clear = was_stored && !is_on_its_way(request),
        .has_changed = before != request->state,
        .wake_at_ms = next_wake_ms(request),
    };
    return output;
}

int64_t request_age_ms(const struct request *request, int64_t now_ms)
{
    bool is_waiting = request->state == REQUEST_STORING || is_on_its_way(request);
    return is_waiting ? now_ms - request->began_ms : 0;
}

const char *request_state_name(enum request_state state)
{
    assert(state < REQUEST_STATE_COUNT);
    return states[state].name;
}
