/* Shared parts of documents; see codec_parts.h. */
#include "runtime/codec_parts.h"

#include <string.h>

/* A wait beyond this is open-ended long before; it bounds what is read. */
#define WAIT_MIN_MAX 1440

void codec_write_wait(struct json_writer *writer, const struct wait_range *wait)
{
    if (!wait->is_given) {
        json_writer_null(writer, "wait");
        return;
    }
    json_writer_open_object(writer, "wait");
    json_writer_integer(writer, "low_min", wait->low_min);
    if (wait->is_open_ended) {
        json_writer_null(writer, "high_min");
    } else {
        json_writer_integer(writer, "high_min", wait->high_min);
    }
    json_writer_close_object(writer);
}

struct wait_range codec_read_wait(const struct codec_reader *reader)
{
    struct wait_range wait = {.is_given = codec_has(reader, "wait")};
    if (!wait.is_given) {
        return wait;
    }
    struct codec_reader inner = codec_object(reader, "wait");
    wait.low_min = (uint32_t)codec_integer(&inner, "low_min", 0, WAIT_MIN_MAX);
    wait.is_open_ended = !codec_has(&inner, "high_min");
    if (!wait.is_open_ended) {
        wait.high_min =
            (uint32_t)codec_integer(&inner, "high_min", wait.low_min, WAIT_MIN_MAX);
    }
    return wait;
}

enum ticket_state codec_ticket_state(const struct codec_reader *reader, const char *key)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, key, word);
    enum ticket_state state = ticket_state_find(word);
    if (state == TICKET_STATE_COUNT) {
        codec_reader_fail_word(reader, key, word);
    }
    return state;
}

enum counter_state codec_counter_state(const struct codec_reader *reader, const char *key)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, key, word);
    enum counter_state state = counter_state_find(word);
    if (state == COUNTER_STATE_COUNT) {
        codec_reader_fail_word(reader, key, word);
    }
    return state;
}

enum light codec_light(const struct codec_reader *reader, const char *key)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, key, word);
    for (uint32_t i = 0; i < LIGHT_COUNT; i++) {
        if (strcmp(light_name((enum light)i), word) == 0) {
            return (enum light)i;
        }
    }
    codec_reader_fail_word(reader, key, word);
    return LIGHT_OFF;
}

enum language codec_language(const struct codec_reader *reader, const char *key)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, key, word);
    enum language language = language_find(word);
    if (language == LANGUAGE_COUNT) {
        codec_reader_fail_word(reader, key, word);
    }
    return language;
}

enum clock_mode codec_clock_mode(const struct codec_reader *reader, const char *key)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, key, word);
    enum clock_mode mode = clock_mode_find(word);
    if (mode == CLOCK_MODE_COUNT) {
        codec_reader_fail_word(reader, key, word);
    }
    return mode;
}

void codec_write_message(struct json_writer *writer, const struct board_message *message)
{
    if (message->words.in[0][0] == '\0') {
        json_writer_null(writer, "message");
        return;
    }
    json_writer_open_object(writer, "message");
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        json_writer_string(writer, language_tag((enum language)i), message->words.in[i]);
    }
    json_writer_time(writer, "until", message->until_ms);
    json_writer_close_object(writer);
}

void codec_read_message(const struct codec_reader *reader, struct board_message *message)
{
    if (!codec_has(reader, "message")) {
        return;
    }
    struct codec_reader inside = codec_object(reader, "message");
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        codec_string(&inside, language_tag((enum language)i), message->words.in[i],
                     sizeof(message->words.in[i]));
    }
    message->until_ms = codec_time_or_null(&inside, "until");
}
