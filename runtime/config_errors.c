/* The list of what is wrong with a configuration; see config_errors.h. */
#include "runtime/config_errors.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/error.h"
#include "core/text.h"

/* A sentence with its place in front. */
#define MESSAGE_BYTES (2 * ERROR_TEXT_BYTES)

struct message {
    uint32_t line;
    uint32_t order; /* of adding: equal lines keep it */
    char text[MESSAGE_BYTES];
};

struct config_errors {
    uint32_t error_count;
    uint32_t warning_count;
    uint32_t message_count;
    bool is_sorted;
    struct message messages[CONFIG_MESSAGES_MAX];
};

struct config_errors *config_errors_create(void)
{
    return calloc(1, sizeof(struct config_errors));
}

void config_errors_destroy(struct config_errors *errors)
{
    free(errors);
}

void config_errors_add(struct config_errors *errors, enum config_severity severity,
                       const struct config_place *place, const char *format, ...)
{
    assert(errors && place && format);
    if (severity == CONFIG_ERROR) {
        errors->error_count++;
    } else {
        errors->warning_count++;
    }
    if (errors->message_count == CONFIG_MESSAGES_MAX) {
        return;
    }
    struct message *message = &errors->messages[errors->message_count];
    message->line = place->line;
    message->order = errors->message_count;
    errors->message_count++;
    errors->is_sorted = false;

    char sentence[ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    assert(length >= 0);

    struct text text;
    text_init(&text, message->text, sizeof(message->text));
    if (place->file && place->file[0] != '\0') {
        text_add(&text, "%s:", place->file);
    }
    if (place->line > 0) {
        text_add(&text, "%u:", (unsigned)place->line);
    }
    text_add(&text, "%s%s", text.length > 0 ? " " : "",
             severity == CONFIG_WARNING ? "warning: " : "");
    if (place->section && place->section[0] != '\0') {
        text_add(&text, "[%s]%s ", place->section, place->key ? "" : ":");
    }
    if (place->key && place->key[0] != '\0') {
        text_add(&text, "%s: ", place->key);
    }
    text_add_string(&text, sentence);
}

uint32_t config_errors_count(const struct config_errors *errors)
{
    return errors->error_count;
}

uint32_t config_errors_warning_count(const struct config_errors *errors)
{
    return errors->warning_count;
}

static int compare_messages(const void *left, const void *right)
{
    const struct message *a = left;
    const struct message *b = right;
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

const char *config_errors_line(struct config_errors *errors, uint32_t index)
{
    if (!errors->is_sorted) {
        qsort(errors->messages, errors->message_count, sizeof(errors->messages[0]),
              compare_messages);
        errors->is_sorted = true;
    }
    return index < errors->message_count ? errors->messages[index].text : NULL;
}

void config_errors_print(struct config_errors *errors, FILE *out)
{
    for (uint32_t i = 0; i < errors->message_count; i++) {
        (void)fprintf(out, "%s\n", config_errors_line(errors, i)); /* nowhere to say it */
    }
    uint32_t all = errors->error_count + errors->warning_count;
    if (all > errors->message_count) {
        (void)fprintf(out, "and %u more\n", (unsigned)(all - errors->message_count));
    }
}
