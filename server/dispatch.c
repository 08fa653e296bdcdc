/* From message to reply; see dispatch.h.
 *
 * The order of the checks is part of the protocol: what cannot be read at all is answered
 * and forgotten; what has an id is looked up among the stored answers first, so that a
 * repeated command gets its first answer whatever has changed since; everything after
 * that, refusals too, is stored. */
#include "server/dispatch.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "figures/estimate.h"
#include "runtime/codec_command.h"
#include "runtime/codec_reply.h"
#include "server/sign_in.h"

/* One command on its way through this file. */
struct step {
    struct office *office;
    const struct moment *moment;
    const struct incoming *incoming;
    struct reply_document *reply;
    struct command_document document;
    uint32_t counter; /* of the sender, or SITE_NONE */
    uint32_t kiosk;
};

static void refuse(struct reply_document *reply, const char *code, const char *sentence)
{
    reply->is_ok = false;
    (void)text_copy(reply->code, sizeof(reply->code), code); /* codes of ours are short */
    (void)text_copy(reply->sentence, sizeof(reply->sentence),
                    sentence); /* cut is readable */
}

static void start_reply(struct reply_document *reply, const char *id, int64_t now_ms)
{
    memset(&reply->subject, 0, sizeof(reply->subject));
    (void)text_copy(reply->id, sizeof(reply->id), id); /* ids have one length */
    reply->at_ms = now_ms;
    reply->is_ok = true;
    reply->code[0] = '\0';
    reply->sentence[0] = '\0';
    reply->has_ticket = false;
    reply->has_counter = false;
    reply->remark = 0;
    reply->status = NULL;
}

/* Who may send: a counter of the site, or a device of another kind that site.conf names.
 * Administrators are known to the broker alone. */
static bool find_sender(struct step *step)
{
    const struct site *site = queue_site(step->office->queue);
    const char *id = step->incoming->id;
    enum sender sender = step->incoming->sender;
    step->counter = SITE_NONE;
    step->kiosk = SITE_NONE;
    if (sender == SENDER_COUNTER) {
        step->counter = site_find_counter(site, id);
        return step->counter != SITE_NONE;
    }
    if (sender == SENDER_BUTTON) {
        uint32_t button = site_find_device(site->buttons, site->button_count, id);
        if (button != SITE_NONE) {
            step->counter = site->buttons[button].place;
        }
        return button != SITE_NONE;
    }
    if (sender == SENDER_KIOSK) {
        step->kiosk = site_find_device(site->kiosks, site->kiosk_count, id);
        return step->kiosk != SITE_NONE;
    }
    if (sender == SENDER_SOURCE) {
        return site_find_device(site->sources, site->source_count, id) != SITE_NONE;
    }
    if (sender == SENDER_RECEPTION) {
        return site_find_device(site->receptions, site->reception_count, id) != SITE_NONE;
    }
    if (sender == SENDER_SUPERVISOR) {
        return site_find_device(site->supervisors, site->supervisor_count, id) !=
               SITE_NONE;
    }
    return sender == SENDER_ADMIN;
}

/* A press from before an outage must never call anybody afterwards. */
static bool is_stale(const struct step *step)
{
    enum sender sender = step->incoming->sender;
    if (sender != SENDER_COUNTER && sender != SENDER_BUTTON) {
        return false;
    }
    int64_t age_ticks = step->moment->tick - step->document.tick;
    return step->document.epoch != step->moment->epoch || age_ticks < 0 ||
           age_ticks > STALE_AFTER_TICKS;
}

/* Say what an id of the document does not name. */
static enum refusal not_found(enum refusal refusal, const char *what, const char *id,
                              struct error *err)
{
    (void)error_set(err, ERR_REFUSED, "there is no %s '%s'", what, id);
    return refusal;
}

/* Fill the indexes of a command from the ids of its document: REFUSAL_NONE, or what was
 * not found. A transfer or a change that does not name a thing leaves it as it is. */
static enum refusal resolve_ids(const struct queue *queue,
                                const struct command_document *document,
                                struct command *command, struct error *err)
{
    const struct site *site = queue_site(queue);
    bool may_lack_service =
        document->verb == VERB_TRANSFER || document->verb == VERB_REQUALIFY ||
        document->verb == VERB_REMARK || document->verb == VERB_SETTLE ||
        document->verb == VERB_EXCEPTIONAL || document->verb == VERB_SPLIT;
    command->service = may_lack_service ? SITE_NONE : 0;
    if (document->service[0] != '\0') {
        command->service = site_find_service(site, document->service);
        if (command->service == SITE_NONE) {
            return not_found(REFUSAL_SERVICE_UNKNOWN, "service", document->service, err);
        }
    }
    if (document->to_service[0] != '\0') {
        command->to_service = site_find_service(site, document->to_service);
        if (command->to_service == SITE_NONE) {
            return not_found(REFUSAL_SERVICE_UNKNOWN, "service", document->to_service,
                             err);
        }
    }
    command->hall = SITE_NONE;
    if (document->hall[0] != '\0') {
        command->hall = site_find_hall(site, document->hall);
        if (command->hall == SITE_NONE) {
            return not_found(REFUSAL_HALL_UNKNOWN, "hall", document->hall, err);
        }
    }
    command->class_index = document->verb == VERB_REQUALIFY ? SITE_NONE : 0;
    if (document->class_id[0] != '\0') {
        command->class_index = site_find_class(site, document->class_id);
        if (command->class_index == SITE_NONE) {
            return not_found(REFUSAL_CLASS_UNKNOWN, "priority class", document->class_id,
                             err);
        }
    }
    if (document->counter[0] != '\0') { /* of an administrator, who saw no version */
        command->counter = site_find_counter(site, document->counter);
        command->version = VERSION_ANY;
        if (command->counter == SITE_NONE) {
            return not_found(REFUSAL_COUNTER_UNKNOWN, "counter", document->counter, err);
        }
    }
    command->to_counter = SITE_NONE;
    if (document->to_counter[0] != '\0') {
        command->to_counter = site_find_counter(site, document->to_counter);
        if (command->to_counter == SITE_NONE) {
            return not_found(REFUSAL_COUNTER_UNKNOWN, "counter", document->to_counter,
                             err);
        }
    }
    const struct {
        const char *label;
        uint32_t *ordinal;
    } tickets[] = {{document->ticket, &command->ticket},
                   {document->other_ticket, &command->other}};
    for (size_t i = 0; i < sizeof(tickets) / sizeof(tickets[0]); i++) {
        if (tickets[i].label[0] == '\0') {
            continue;
        }
        *tickets[i].ordinal = queue_find_ticket(queue, tickets[i].label);
        if (*tickets[i].ordinal == TICKET_NONE) {
            (void)error_set(err, ERR_REFUSED, "there is no ticket '%s' today",
                            tickets[i].label);
            return REFUSAL_TICKET_UNKNOWN;
        }
    }
    return REFUSAL_NONE;
}

/* What an agent says of a service. */
static enum refusal resolve_matter(const struct site *site,
                                   const struct command_document *document,
                                   struct matter *ret_matter, struct error *err)
{
    ret_matter->completeness = document->completeness;
    if (document->topic[0] != '\0') {
        ret_matter->topic = site_find_topic(site, document->topic) + 1;
        if (ret_matter->topic == 0) {
            return not_found(REFUSAL_TOPIC_UNKNOWN, "topic", document->topic, err);
        }
    }
    if (document->missing[0] != '\0') {
        ret_matter->document = site_find_document(site, document->missing) + 1;
        if (ret_matter->document == 0) {
            return not_found(REFUSAL_TOPIC_UNKNOWN, "document", document->missing, err);
        }
    }
    return REFUSAL_NONE;
}

/* What a visit asks for beside its first service. */
static enum refusal resolve_lacks(const struct site *site,
                                  const struct lacked_documents *lacks,
                                  uint64_t *ret_documents, struct error *err)
{
    for (uint32_t i = 0; i < lacks->count; i++) {
        uint32_t document = site_find_document(site, lacks->documents[i]);
        if (document == SITE_NONE) {
            return not_found(REFUSAL_DOCUMENT_UNKNOWN, "document", lacks->documents[i],
                             err);
        }
        *ret_documents |= UINT64_C(1) << document;
    }
    return REFUSAL_NONE;
}

static enum refusal resolve_asked(const struct site *site,
                                  const struct asked_services *asked,
                                  struct command *ret_command, struct error *err)
{
    ret_command->quantity = asked->quantity;
    ret_command->further_count = asked->further_count;
    for (uint32_t i = 0; i < asked->further_count; i++) {
        struct further_service *further = &ret_command->further[i];
        *further = (struct further_service){
            .service = site_find_service(site, asked->further[i].service),
            .counter = SITE_NONE,
            .quantity = asked->further[i].quantity};
        if (further->service == SITE_NONE) {
            return not_found(REFUSAL_SERVICE_UNKNOWN, "service",
                             asked->further[i].service, err);
        }
    }
    return REFUSAL_NONE;
}

static enum refusal resolve(const struct step *step, struct command *ret_command,
                            struct error *err)
{
    const struct command_document *document = &step->document;
    *ret_command = (struct command){.verb = document->verb,
                                    .counter = step->counter,
                                    .version = document->version,
                                    .kiosk = step->kiosk,
                                    .language = document->language,
                                    .channel = document->channel,
                                    .print = document->print,
                                    .is_copy = document->is_copy,
                                    .back_at_ms = document->back_at_ms,
                                    .received_at_ms = document->received_at_ms,
                                    .answered_at_ms = document->answered_at_ms,
                                    .ended_at_ms = document->ended_at_ms,
                                    .outcome = document->outcome,
                                    .after_s = document->after_s,
                                    .comes_back = document->comes_back,
                                    .from_ms = document->from_ms,
                                    .until_ms = document->until_ms,
                                    .words = document->words,
                                    .is_on = document->is_on,
                                    .is_confirmed = document->is_confirmed,
                                    .is_test = document->is_test,
                                    .turned = document->turned,
                                    .number = document->number};
    (void)text_copy(ret_command->reason, sizeof(ret_command->reason),
                    document->reason); /* same limit */
    enum refusal missing = resolve_matter(queue_site(step->office->queue), document,
                                          &ret_command->matter, err);
    if (missing == REFUSAL_NONE) {
        missing = resolve_asked(queue_site(step->office->queue), &document->asked,
                                ret_command, err);
    }
    if (missing == REFUSAL_NONE) {
        missing = resolve_lacks(queue_site(step->office->queue), &document->lacks,
                                &ret_command->documents, err);
    }
    return missing == REFUSAL_NONE
               ? resolve_ids(step->office->queue, document, ret_command, err)
               : missing;
}

/* What the verb's reply tells beside success. */
static void describe_success(const struct step *step, const struct command *command)
{
    struct reply_document *reply = step->reply;
    bool tells_ticket = command->verb == VERB_TAKE || command->verb == VERB_CANCEL ||
                        command->verb == VERB_ABANDON || command->verb == VERB_PRINTED ||
                        command->verb == VERB_CALL || command->verb == VERB_READMIT ||
                        command->verb == VERB_RESUME || command->verb == VERB_REQUALIFY ||
                        command->verb == VERB_CORRECT || command->verb == VERB_SPLIT ||
                        command->verb == VERB_LINK || command->verb == VERB_UNLINK ||
                        command->verb == VERB_TRUST;
    reply->has_ticket = tells_ticket;
    if (tells_ticket) {
        /* A ticket that was just taken has the highest ordinal. */
        bool is_new = command->verb == VERB_TAKE || command->verb == VERB_SPLIT;
        uint32_t ordinal =
            is_new ? queue_ticket_count(step->office->queue) : command->ticket;
        describe_ticket(step->office, step->moment->now_ms, ordinal, &reply->ticket);
    }
    if (command->verb == VERB_REMARK) {
        reply->remark = queue_remark_count(step->office->queue);
    }
    reply->has_counter = command->counter != SITE_NONE;
    if (reply->has_counter) {
        describe_counter(step->office, step->moment, command->counter, &reply->counter);
    }
}

/* Write what was refused, or give the failure on. */
static enum status finish(struct step *step, enum status status,
                          const struct refused *refused, const struct error *why,
                          struct error *err)
{
    if (status == ERR_REFUSED) {
        refuse(step->reply, refusal_code(refused->refusal), why->text);
        describe_refused(step->office, refused, &step->reply->subject);
        return OK;
    }
    if (status == ERR_INVALID || status == ERR_LIMIT) {
        refuse(step->reply, command_fault_code(COMMAND_FAULT_FIELD), why->text);
        return OK;
    }
    if (status != OK && err) {
        *err = *why;
    }
    return status;
}

static enum status sign_in(struct step *step, struct error *err)
{
    struct error why = {0};
    struct refused refused = {.ticket = TICKET_NONE, .counter = SITE_NONE};
    enum status status = sign_in_execute(step->office, step->moment, step->counter,
                                         &step->document, &refused, &why);
    if (status == OK) {
        const struct command command = {.verb = VERB_SIGN_IN};
        describe_success(step, &command);
    }
    return finish(step, status, &refused, &why, err);
}

/* A ticket as it is now: nothing is changed, and the answer is not kept. */
static void find(struct step *step)
{
    struct command command = {0};
    struct error why = {0};
    enum refusal missing =
        resolve_ids(step->office->queue, &step->document, &command, &why);
    if (missing != REFUSAL_NONE) {
        refuse(step->reply, refusal_code(missing), why.text);
        (void)text_copy(step->reply->subject.ticket, sizeof(step->reply->subject.ticket),
                        step->document.ticket); /* the same limit */
        return;
    }
    step->reply->has_ticket = true;
    describe_found(step->office, step->moment->now_ms, command.ticket,
                   &step->reply->ticket);
}

static enum status execute(struct step *step, struct error *err)
{
    if (step->document.verb == VERB_SIGN_IN) {
        return sign_in(step, err);
    }
    struct command command;
    struct error why = {0};
    struct refused refused = {.ticket = TICKET_NONE, .counter = SITE_NONE};
    enum refusal missing = resolve(step, &command, &why);
    if (missing != REFUSAL_NONE) {
        refuse(step->reply, refusal_code(missing), why.text);
        return OK;
    }
    if (command.verb == VERB_WALK_IN) {
        command.kiosk = SITE_NONE;
        command.channel = CHANNEL_WALK_IN;
    }
    if (command.verb == VERB_TAKE) {
        estimate_quote(step->office->queue, step->office->pace, command.service,
                       command.class_index, step->moment->now_ms, &command.quote);
        command.closes_at_ms = step->moment->closes_at_ms[command.service];
        command.channel = CHANNEL_WALK_IN;
    }
    enum status status =
        office_execute(step->office, &command, step->moment->now_ms, &refused, &why);
    if (status == OK) {
        status = office_continue(step->office, &command, step->moment->now_ms, &why);
    }
    if (status == OK) {
        describe_success(step, &command);
    }
    return finish(step, status, &refused, &why, err);
}

/* Encode the reply; one that does not fit is a mistake of ours. */
static size_t write_reply(const struct reply_document *reply, char *buffer,
                          size_t capacity)
{
    struct error err = {0};
    size_t length = 0;
    enum status status = reply_encode(reply, buffer, capacity - 1, &length, &err);
    assert(status == OK);
    (void)status; /* asserted */
    buffer[length] = '\0';
    return length;
}

/* Decode, and write what can be refused without the queue. Returns whether the command
 * goes on; `ret_is_stored` tells whether the reply is to be kept. */
static bool read_command(struct step *step, bool *ret_is_stored)
{
    const struct incoming *incoming = step->incoming;
    enum command_fault fault = COMMAND_FAULT_NONE;
    struct error why = {0};
    enum status status = command_decode(incoming->bytes, incoming->length,
                                        incoming->sender, &step->document, &fault, &why);
    start_reply(step->reply, step->document.id, step->moment->now_ms);
    *ret_is_stored = step->document.id[0] != '\0';
    if (incoming->has_foreign_response_topic) {
        *ret_is_stored = false;
        refuse(step->reply, "response-topic",
               "replies go to the sender's own reply topic only");
        return false;
    }
    if (status != OK) {
        refuse(step->reply, command_fault_code(fault), why.text);
        return false;
    }
    if (step->document.action == ACTION_FIND) {
        *ret_is_stored = false;
    }
    if (!find_sender(step)) {
        refuse(step->reply, "sender-unknown", "this device does not belong to the site");
        return false;
    }
    if (step->document.action == ACTION_QUEUE && is_stale(step)) {
        refuse(step->reply, "stale",
               "pressed on a state from before an interruption; nothing was done");
        return false;
    }
    return true;
}

/* What is left to the caller. */
static enum aside aside_of(const struct command_document *document)
{
    if (document->action == ACTION_STATUS) {
        return ASIDE_STATUS;
    }
    if (document->action == ACTION_STEP_CLOCK) {
        return ASIDE_STEP_CLOCK;
    }
    return document->action == ACTION_QUEUE && document->verb == VERB_CLOSE_DAY
               ? ASIDE_CLOSE_DAY
               : ASIDE_NONE;
}

/* Answer from the stored answers. Returns whether that was possible. */
static enum status answer_from_store(struct step *step, const struct journal_command *key,
                                     char *reply, size_t capacity, size_t *ret_length,
                                     struct error *err)
{
    enum journal_answer answer = ANSWER_NONE;
    const char *stored = NULL;
    enum status status = office_find_answer(step->office, key, &answer, &stored, err);
    if (status != OK || answer == ANSWER_NONE) {
        return status;
    }
    if (answer == ANSWER_STORED) {
        *ret_length = strlen(stored);
        assert(*ret_length < capacity);
        memcpy(reply, stored, *ret_length + 1);
        return OK;
    }
    start_reply(step->reply, step->document.id, step->moment->now_ms);
    refuse(step->reply, "id-reused", "this id was used for another command");
    *ret_length = write_reply(step->reply, reply, capacity);
    return OK;
}

enum status dispatch_command(struct office *office, const struct moment *moment,
                             const struct incoming *incoming,
                             const struct reply_space *space,
                             struct dispatched *ret_dispatched, struct error *err)
{
    assert(space->capacity >= PAYLOAD_BYTES_MAX);
    struct step step = {.office = office,
                        .moment = moment,
                        .incoming = incoming,
                        .reply = space->scratch};
    *ret_dispatched = (struct dispatched){.aside = ASIDE_NONE};
    bool is_stored = false;
    bool goes_on = read_command(&step, &is_stored);
    if (goes_on) {
        ret_dispatched->aside = aside_of(&step.document);
        ret_dispatched->seconds = step.document.seconds;
        if (ret_dispatched->aside != ASIDE_NONE) {
            return OK;
        }
    }
    struct journal_command key = {.device = incoming->identity,
                                  .id = step.document.id,
                                  .bytes = incoming->bytes,
                                  .length = incoming->length};
    enum status status = OK;
    /* A stored answer holds a hash of its command: a code is not left to be guessed
     * there. */
    is_stored = is_stored && step.document.verb != VERB_SIGN_IN;
    if (is_stored) {
        status = answer_from_store(&step, &key, space->bytes, space->capacity,
                                   &ret_dispatched->reply_length, err);
        if (status != OK || ret_dispatched->reply_length > 0) {
            return status;
        }
    }
    if (goes_on && step.document.action == ACTION_FIND) {
        find(&step);
    } else if (goes_on) {
        status = execute(&step, err);
    }
    if (status == OK) {
        ret_dispatched->reply_length =
            write_reply(space->scratch, space->bytes, space->capacity);
        if (is_stored) {
            status = office_keep_answer(office, &key, space->bytes, moment->now_ms, err);
        }
    }
    return status;
}

size_t dispatch_unavailable(const struct incoming *incoming, int64_t now_ms,
                            const struct reply_space *space)
{
    struct command_document document = {0};
    enum command_fault fault = COMMAND_FAULT_NONE;
    struct error why = {0};
    /* Only the id is wanted; where it cannot be read the answer has none. */
    (void)command_decode(incoming->bytes, incoming->length, incoming->sender, &document,
                         &fault, &why);
    start_reply(space->scratch, document.id, now_ms);
    refuse(space->scratch, "unavailable", "the record cannot be written now; try again");
    return write_reply(space->scratch, space->bytes, space->capacity);
}
