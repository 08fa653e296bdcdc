/* See do_times.h. What day and hour it is there, the server knows: the machine of the
 * administrator may stand elsewhere, and office time may be that of a demonstration. */
#include "admin/do_times.h"

#include "admin/ask.h"
#include "admin/words.h"
#include "runtime/codec_reply.h"
#include "runtime/day_time.h"

struct wanted {
    struct do_time *times;
    size_t count;
};

int do_times_read(struct do_time times[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct error err;
        times[i].is_of_today = times[i].given && day_time_is_written(times[i].given);
        if (times[i].given && !times[i].is_of_today &&
            instant_parse(times[i].given, times[i].at_ms, &err) != OK) {
            return words_refuse("do", "this is no time:", times[i].given);
        }
    }
    return 0;
}

static enum status put_in(const struct wanted *wanted, const char *time_zone,
                          int64_t now_ms, struct error *err)
{
    struct zone *zone = NULL;
    if (zone_load(time_zone, &zone, err) != OK) {
        return err->status;
    }
    for (size_t i = 0; i < wanted->count; i++) {
        struct do_time *time = &wanted->times[i];
        if (time->is_of_today) {
            (void)day_time_parse(zone, time->given, now_ms,
                                 time->at_ms); /* it was read */
        }
    }
    zone_destroy(zone);
    return OK;
}

static enum status take_status(const struct server_reply *reply, void *context,
                               struct error *err)
{
    struct reply_document *document = reply_document_create();
    struct server_status *answer = server_status_create();
    enum status status = OK;
    if (!document || !answer) {
        status = error_set(err, ERR_LIMIT, "out of memory");
    }
    if (status == OK) {
        status = reply_decode(reply->bytes, reply->length, document, err);
    }
    if (status == OK) {
        status = server_status_decode(reply->bytes, reply->length, answer, err);
    }
    if (status == OK) {
        status = put_in(context, answer->time_zone, document->at_ms, err);
    }
    server_status_destroy(answer);
    reply_document_destroy(document);
    return status;
}

int do_times_of_today(const char *identity_path, struct do_time times[], size_t count)
{
    struct wanted wanted = {times, count};
    bool has_any = false;
    for (size_t i = 0; i < count; i++) {
        has_any = has_any || times[i].is_of_today;
    }
    const struct server_question question = {
        .verb = "do",
        .config_path = identity_path,
        .command = {.action = ACTION_STATUS, .verb = VERB_COUNT},
        .show = take_status,
        .context = &wanted};
    return has_any ? server_ask_and_show(&question) : 0;
}
