/* Commands as JSON; see codec_command.h. The table of codec_rules.c says who may send
 * which verb with which fields; writing and reading both follow it. */
#include "runtime/codec_command.h"

#include <assert.h>
#include <string.h>

#include "runtime/agents_config.h"
#include "runtime/codec_parts.h"
#include "runtime/codec_rules.h"
#include "runtime/codec_supervise.h"
#include "runtime/identifier.h"
#include "runtime/json.h"

static_assert(COMMAND_ID_BYTES == IDENTIFIER_TEXT_BYTES, "an id is an identifier");

static const char *const fault_codes[] = {
    [COMMAND_FAULT_NONE] = "",
    [COMMAND_FAULT_MALFORMED] = "malformed",
    [COMMAND_FAULT_VERB_UNKNOWN] = "verb-unknown",
    [COMMAND_FAULT_VERB_NOT_ALLOWED] = "verb-not-allowed",
    [COMMAND_FAULT_FIELD] = "field",
};
static_assert(sizeof(fault_codes) / sizeof(fault_codes[0]) == COMMAND_FAULT_COUNT,
              "every fault has a code");

const char *command_fault_code(enum command_fault fault)
{
    assert(fault < COMMAND_FAULT_COUNT);
    return fault_codes[fault];
}

bool command_is_allowed(enum sender sender, enum action action, enum verb verb)
{
    assert(sender < SENDER_COUNT);
    return verb_rule_find(sender, action, verb) != NULL;
}

/* Whether the sender's commands name the state that they were pressed on. */
static bool names_version(enum sender sender)
{
    return sender == SENDER_COUNTER || sender == SENDER_BUTTON;
}

static void write_fields(struct json_writer *writer,
                         const struct command_document *command, uint64_t fields)
{
    bool may_lack_service = (fields & (FIELD_TRANSFER | FIELD_QUALIFY)) != 0;
    if ((fields & FIELD_SERVICE) != 0 ||
        (may_lack_service && command->service[0] != '\0')) {
        json_writer_string(writer, "service", command->service);
    }
    if ((fields & (FIELD_CLASS | FIELD_QUALIFY)) != 0 && command->class_id[0] != '\0') {
        json_writer_string(writer, "class", command->class_id);
    }
    if ((fields & FIELD_LANGUAGE) != 0) {
        json_writer_string(writer, "language", language_tag(command->language));
    }
    if ((fields & FIELD_TICKET) != 0) {
        json_writer_string(writer, "ticket", command->ticket);
    }
    if ((fields & FIELD_OTHER) != 0) {
        json_writer_string(writer, "other", command->other_ticket);
    }
    if ((fields & FIELD_PRINT) != 0) {
        json_writer_string(writer, "result", print_state_name(command->print));
        json_writer_bool(writer, "copy", command->is_copy);
    }
    if ((fields & FIELD_ASKED) != 0) {
        codec_write_asked(writer, &command->asked);
    }
    if ((fields & FIELD_CONFIRMED) != 0) {
        json_writer_bool(writer, "confirmed", command->is_confirmed);
    }
    if ((fields & FIELD_TURNED) != 0) {
        json_writer_string(writer, "reason", turned_reason_name(command->turned));
        json_writer_integer(writer, "count", command->number);
    }
    if ((fields & FIELD_TEST) != 0) {
        json_writer_bool(writer, "test", command->is_test);
    }
    if ((fields & FIELD_LACKS) != 0 && command->lacks.count > 0) {
        codec_write_lacks(writer, &command->lacks);
    }
    if ((fields & FIELD_REASON) != 0 && command->reason[0] != '\0') {
        json_writer_string(writer, "reason", command->reason);
    }
    if ((fields & FIELD_PAUSE) != 0) {
        json_writer_string(writer, "reason", command->reason);
        if (command->back_at_ms != 0) {
            json_writer_time(writer, "back_at", command->back_at_ms);
        }
    }
    if ((fields & FIELD_SIGN_IN) != 0) {
        json_writer_string(writer, "agent", command->agent);
        json_writer_string(writer, "code", command->code);
    }
    if ((fields & FIELD_SECONDS) != 0) {
        json_writer_integer(writer, "seconds", command->seconds);
    }
}

static void write_transfer(struct json_writer *writer,
                           const struct command_document *command)
{
    if (command->to_counter[0] != '\0') {
        json_writer_string(writer, "to", command->to_counter);
    }
    json_writer_integer(writer, "after_s", command->after_s);
    json_writer_bool(writer, "comes_back", command->comes_back);
}

static void write_matter(struct json_writer *writer,
                         const struct command_document *command)
{
    if (command->topic[0] != '\0') {
        json_writer_string(writer, "topic", command->topic);
    }
    if (command->missing[0] != '\0') {
        json_writer_string(writer, "missing", command->missing);
    }
    if (command->completeness != COMPLETE_NOT_SAID) {
        json_writer_bool(writer, "complete", command->completeness == COMPLETE_YES);
    }
}

static void write_contact(struct json_writer *writer,
                          const struct command_document *command)
{
    json_writer_string(writer, "channel", channel_name(command->channel));
    json_writer_time(writer, "received_at", command->received_at_ms);
    if (command->answered_at_ms != 0) {
        json_writer_time(writer, "answered_at", command->answered_at_ms);
    }
    if (command->ended_at_ms != 0) {
        json_writer_time(writer, "ended_at", command->ended_at_ms);
    }
    json_writer_string(writer, "outcome", ticket_state_name(command->outcome));
}

enum status command_encode(const struct command_document *command, enum sender sender,
                           char *buffer, size_t capacity, size_t *ret_length,
                           struct error *err)
{
    assert(command && sender < SENDER_COUNT && buffer && ret_length);
    const struct verb_rule *rule = verb_rule_find(sender, command->action, command->verb);
    assert(rule);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_string(&writer, "id", command->id);
    json_writer_string(&writer, "verb", rule->name);
    if (names_version(sender)) {
        json_writer_integer(&writer, "version", command->version);
        json_writer_integer(&writer, "epoch", command->epoch);
        json_writer_integer(&writer, "tick", command->tick);
    }
    write_fields(&writer, command, rule->fields);
    if ((rule->fields & FIELD_CONTACT) != 0) {
        write_contact(&writer, command);
    }
    if ((rule->fields & FIELD_SPLIT) != 0) {
        codec_write_split(&writer, command);
    }
    if ((rule->fields & FIELD_TRANSFER) != 0) {
        write_transfer(&writer, command);
    }
    if ((rule->fields & FIELD_MATTER) != 0) {
        write_matter(&writer, command);
    }
    supervise_write(&writer, command, rule->fields);
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the command", ret_length, err);
}

/* Letters and number, as printed: one to three of A-Z, one to four digits. */
static bool label_has_form(const char *label)
{
    size_t letters = strspn(label, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t digits = strspn(label + letters, "0123456789");
    return letters >= 1 && letters <= LETTER_LENGTH_MAX && digits >= 1 && digits <= 4 &&
           label[letters + digits] == '\0';
}

static void read_label(const struct codec_reader *reader, const char *key,
                       char ret_label[LABEL_LENGTH_MAX + 1])
{
    codec_string(reader, key, ret_label, LABEL_LENGTH_MAX + 1);
    if (!label_has_form(ret_label)) {
        codec_reader_fail(reader, key, "'%s' is not a ticket like A042", ret_label);
    }
}

static void read_print(const struct codec_reader *reader,
                       struct command_document *command)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, "result", word);
    command->print = print_state_find(word);
    if (command->print == PRINT_STATE_COUNT || command->print == PRINT_NONE) {
        codec_reader_fail(reader, "result", "'%s' is not printed, failed or unknown",
                          word);
    }
    command->is_copy = codec_bool(reader, "copy");
}

/* A reason is published on boards for every counter at once; that the largest board fits
 * one payload, it is bounded as JSON writes it. */
static bool reason_fits(const char *reason)
{
    size_t length = 0;
    for (; *reason != '\0'; reason++) {
        length += *reason == '"' || *reason == '\\' ? 2 : 1;
    }
    return length <= REASON_LENGTH_MAX;
}

static void read_reason(const struct codec_reader *reader,
                        struct command_document *command)
{
    codec_string_or_null(reader, "reason", command->reason, sizeof(command->reason));
    if (!reason_fits(command->reason)) {
        codec_reader_fail(reader, "reason",
                          "longer than %d bytes; quotes and backslashes count twice",
                          REASON_LENGTH_MAX);
    }
}

static void read_pause(const struct codec_reader *reader,
                       struct command_document *command)
{
    read_reason(reader, command);
    command->back_at_ms = codec_time_or_null(reader, "back_at");
}

static void read_contact(const struct codec_reader *reader,
                         struct command_document *command)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, "channel", word);
    command->channel = channel_find(word);
    if (command->channel == CHANNEL_COUNT) {
        codec_reader_fail_word(reader, "channel", word);
    }
    command->received_at_ms = codec_time(reader, "received_at");
    command->answered_at_ms = codec_time_or_null(reader, "answered_at");
    command->ended_at_ms = codec_time_or_null(reader, "ended_at");
    command->outcome = codec_ticket_state(reader, "outcome");
    bool is_possible = command->outcome == TICKET_SERVED ||
                       command->outcome == TICKET_ABANDONED ||
                       command->outcome == TICKET_CANCELLED;
    if (!is_possible) {
        codec_reader_fail(reader, "outcome", "it is not served, abandoned or cancelled");
    }
}

static void read_transfer(const struct codec_reader *reader,
                          struct command_document *command)
{
    if (codec_has(reader, "service")) {
        codec_id(reader, "service", command->service);
    }
    if (codec_has(reader, "to")) {
        codec_id(reader, "to", command->to_counter);
    }
    if (codec_has(reader, "after_s")) {
        command->after_s =
            (uint32_t)codec_integer(reader, "after_s", 0, TRANSFER_AFTER_S_MAX);
    }
    command->comes_back =
        codec_has(reader, "comes_back") && codec_bool(reader, "comes_back");
}

static void read_qualify(const struct codec_reader *reader,
                         struct command_document *command)
{
    command->class_id[0] = '\0'; /* stays as it is */
    if (codec_has(reader, "service")) {
        codec_id(reader, "service", command->service);
    }
    if (codec_has(reader, "class")) {
        codec_id(reader, "class", command->class_id);
    }
    if (command->service[0] == '\0' && command->class_id[0] == '\0') {
        codec_reader_fail(reader, "service", "neither a service nor a class is named");
    }
}

static void read_matter(const struct codec_reader *reader,
                        struct command_document *command)
{
    if (codec_has(reader, "topic")) {
        codec_id(reader, "topic", command->topic);
    }
    if (codec_has(reader, "missing")) {
        codec_id(reader, "missing", command->missing);
    }
    if (codec_has(reader, "complete")) {
        command->completeness =
            codec_bool(reader, "complete") ? COMPLETE_YES : COMPLETE_NO;
    }
}

static void read_turned(const struct codec_reader *reader,
                        struct command_document *command)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, "reason", word);
    command->turned = turned_reason_find(word);
    if (command->turned == TURNED_REASON_COUNT) {
        codec_reader_fail(reader, "reason", "'%s' is not closed, full or closing", word);
    }
    command->number = (uint32_t)codec_integer(reader, "count", 1, TURNED_AWAY_MAX);
}

static void read_fields(const struct codec_reader *reader, uint64_t fields,
                        struct command_document *command)
{
    if ((fields & FIELD_SERVICE) != 0) {
        codec_id(reader, "service", command->service);
    }
    if ((fields & FIELD_CLASS) != 0 && codec_has(reader, "class")) {
        codec_id(reader, "class", command->class_id);
    } else {
        memcpy(command->class_id, "none", sizeof("none"));
    }
    if ((fields & FIELD_LANGUAGE) != 0) {
        command->language = codec_language(reader, "language");
    }
    if ((fields & FIELD_TICKET) != 0) {
        read_label(reader, "ticket", command->ticket);
    }
    if ((fields & FIELD_OTHER) != 0) {
        read_label(reader, "other", command->other_ticket);
    }
    if ((fields & FIELD_SPLIT) != 0) {
        codec_read_split(reader, command);
    }
    if ((fields & FIELD_PRINT) != 0) {
        read_print(reader, command);
    }
    if ((fields & FIELD_ASKED) != 0) {
        codec_read_asked(reader, &command->asked);
    }
    if ((fields & FIELD_CONFIRMED) != 0) {
        command->is_confirmed = codec_bool_if_any(reader, "confirmed");
    }
    if ((fields & FIELD_TURNED) != 0) {
        read_turned(reader, command);
    }
    if ((fields & FIELD_TEST) != 0) {
        command->is_test = codec_bool_if_any(reader, "test");
    }
    if ((fields & FIELD_LACKS) != 0) {
        codec_read_lacks(reader, &command->lacks);
    }
    if ((fields & FIELD_REASON) != 0) {
        read_reason(reader, command);
    }
    if ((fields & FIELD_PAUSE) != 0) {
        read_pause(reader, command);
    }
    if ((fields & FIELD_CONTACT) != 0) {
        read_contact(reader, command);
    }
    if ((fields & FIELD_TRANSFER) != 0) {
        read_transfer(reader, command);
    }
    if ((fields & FIELD_QUALIFY) != 0) {
        read_qualify(reader, command);
    }
    if ((fields & FIELD_MATTER) != 0) {
        read_matter(reader, command);
    }
    if ((fields & FIELD_SIGN_IN) != 0) {
        codec_string(reader, "agent", command->agent, sizeof(command->agent));
        codec_string(reader, "code", command->code, sizeof(command->code));
        if (!agents_is_id(command->agent)) {
            codec_reader_fail(reader, "agent", "it is not a number of 1 to %d digits",
                              AGENT_DIGITS_MAX);
        }
    }
    supervise_read(reader, fields, command);
    if ((fields & FIELD_SECONDS) != 0) {
        command->seconds = (uint32_t)codec_integer(reader, "seconds", 1, 86400);
    }
}

/* Reads the verb; NULL with the fault where it is none or not for this sender. */
static const struct verb_rule *read_verb(const struct codec_reader *reader,
                                         enum sender sender,
                                         enum command_fault *ret_fault, struct error *err)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, "verb", word);
    if (reader->fault->status != OK) {
        *ret_fault = COMMAND_FAULT_FIELD;
        return NULL;
    }
    bool is_known = false;
    const struct verb_rule *rule = verb_rule_read(word, sender, &is_known);
    if (rule) {
        return rule;
    }
    if (is_known) {
        *ret_fault = COMMAND_FAULT_VERB_NOT_ALLOWED;
        reader->fault->status =
            error_set(err, ERR_REFUSED, "verb '%s' is not for devices of kind '%s'", word,
                      sender_name(sender));
        return NULL;
    }
    *ret_fault = COMMAND_FAULT_VERB_UNKNOWN;
    reader->fault->status =
        error_set(err, ERR_INVALID, "there is no such verb as '%s'", word);
    return NULL;
}

/* Reads everything behind the id. */
static enum command_fault read_command(const struct codec_reader *reader,
                                       enum sender sender,
                                       struct command_document *command,
                                       struct error *err)
{
    enum command_fault fault = COMMAND_FAULT_NONE;
    const struct verb_rule *rule = read_verb(reader, sender, &fault, err);
    if (!rule) {
        return fault;
    }
    command->action = rule->action;
    command->verb = rule->verb;
    if (names_version(sender)) {
        command->version = codec_integer(reader, "version", 0, INT64_MAX);
        command->epoch = codec_integer(reader, "epoch", 0, INT64_MAX);
        command->tick = codec_integer(reader, "tick", 0, INT64_MAX);
    }
    read_fields(reader, rule->fields, command);
    return reader->fault->status == OK ? COMMAND_FAULT_NONE : COMMAND_FAULT_FIELD;
}

enum status command_decode(const char *bytes, size_t length, enum sender sender,
                           struct command_document *ret_command,
                           enum command_fault *ret_fault, struct error *err)
{
    assert(bytes && sender < SENDER_COUNT && ret_command && ret_fault);
    ret_command->id[0] = '\0';
    *ret_fault = COMMAND_FAULT_MALFORMED;
    json_t *tree = NULL;
    enum status status = json_read(bytes, length, COMMAND_BYTES_MAX, &tree, err);
    if (status != OK) {
        return status;
    }
    struct command_document command = {.action = ACTION_QUEUE};
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    codec_string(&reader, "id", command.id, sizeof(command.id));
    if (!identifier_parse(command.id, NULL)) {
        codec_reader_fail(&reader, "id", "'%s' is not a UUIDv7 in lower case",
                          command.id);
    }
    if (fault.status == OK) {
        *ret_fault = read_command(&reader, sender, &command, err);
        memcpy(ret_command->id, command.id, sizeof(command.id));
    }
    if (fault.status == OK) {
        *ret_command = command;
    }
    json_decref(tree);
    return fault.status;
}
