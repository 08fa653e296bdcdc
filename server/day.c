/* Clock, site and business day of the server; see day.h and server.h. */
#include "server/day.h"

#include <string.h>

#include "runtime/log.h"
#include "server/server_state.h"

#define MODULE "server"

int64_t day_look_at_clocks(struct server *server)
{
    struct clock_sample sample = clock_sample_now();
    server->moment.now_ms = office_clock_at(&server->clock, sample);
    server->moment.machine_ms = sample.machine_ms;
    return server->moment.now_ms;
}

/* When closed services open again today. */
/* The instant of a local minute of today; 0: there is none. */
static int64_t instant_of(const struct server *server, const struct local_time *local,
                          uint32_t minute)
{
    int64_t instants[2] = {0, 0};
    if (minute != UINT32_MAX) {
        /* Of two instants in the repeated hour the first; a skipped one is moved on. */
        (void)zone_instants(server->zone, local->date, (int64_t)minute * 60000, instants);
    }
    return instants[0];
}

static void note_openings(struct server *server, const struct local_time *local)
{
    const struct site *site = queue_site(server->office->queue);
    for (uint32_t i = 0; i < site->service_count; i++) {
        server->moment.opens_at_ms[i] =
            instant_of(server, local, schedule_opens_at_minute(site, i, local));
        server->moment.closes_at_ms[i] = queue_service_closes_at(
            server->office->queue, i,
            instant_of(server, local, schedule_closes_at_minute(site, i, local)));
    }
}

/* Execute; of a command on a whole line as much as fits one group. A line that is empty
 * by now is none to be refused for. */
static enum status execute(struct server *server, const struct command *command,
                           struct error *err)
{
    if (command->is_more) {
        return office_continue(server->office, command, server->moment.now_ms, err);
    }
    struct refused refused;
    enum status status =
        office_execute(server->office, command, server->moment.now_ms, &refused, err);
    /* With the day all who were kept overnight: one transaction, so that a start finds
     * the day with them or without. */
    return status == OK && command->verb == VERB_OPEN_DAY
               ? office_continue(server->office, command, server->moment.now_ms, err)
               : status;
}

enum status day_execute(struct server *server, const struct command *command,
                        struct error *err)
{
    enum status status = execute(server, command, err);
    if (status == OK) {
        status = office_commit(server->office, server->moment.machine_ms, err);
    }
    if (status == OK && server->has_epoch) {
        publisher_events(server->publisher, server->office, server->moment.epoch);
    }
    if (office_can_recover(status)) {
        struct error why = *err;
        if (office_recover(server->office, server->moment.machine_ms, err) != OK) {
            return err->status;
        }
        *err = why;
    }
    return status;
}

/* The next command that the time or the administrator asks for. */
static bool next_command(struct server *server, const struct local_time *local,
                         uint32_t date, struct command *ret_command)
{
    const struct queue *queue = server->office->queue;
    if (queue_day(queue) == 0) {
        server->must_close_day = false;
    }
    if (server->office->has_more && queue_day(queue) != 0) {
        *ret_command = server->office->more;
        return true;
    }
    if (server->must_close_day) {
        *ret_command = (struct command){
            .verb = VERB_CLOSE_DAY, .counter = SITE_NONE, .version = VERSION_ANY};
        return true;
    }
    uint32_t due = queue_day(queue) == 0 ? TICKET_NONE
                                         : queue_parked_due(queue, server->moment.now_ms);
    if (due != TICKET_NONE) {
        *ret_command = (struct command){.verb = VERB_RESUME,
                                        .counter = SITE_NONE,
                                        .version = VERSION_ANY,
                                        .ticket = due};
        return true;
    }
    const struct event_exceptional *exceptional = queue_exceptional(queue);
    if (exceptional && server->moment.now_ms >= exceptional->until_ms) {
        *ret_command = (struct command){
            .verb = VERB_EXCEPTIONAL, .counter = SITE_NONE, .version = VERSION_ANY};
        return true;
    }
    return schedule_next(&server->schedule, queue, local, date, server->moment.now_ms,
                         ret_command);
}

static void log_day(const struct server *server, const struct command *command)
{
    if (command->verb == VERB_OPEN_DAY) {
        log_notice(MODULE, "business day opened date=%u", command->date);
    } else if (command->verb == VERB_CLOSE_DAY && queue_day(server->office->queue) == 0) {
        log_notice(MODULE, "business day closed date=%u",
                   queue_last_day(server->office->queue));
    }
}

enum status day_follow_schedule(struct server *server, struct error *err)
{
    struct command command;
    struct local_time local = zone_local(server->zone, server->moment.now_ms);
    uint32_t date =
        zone_business_date(server->zone, server->moment.now_ms,
                           queue_site(server->office->queue)->day_change_minutes);
    while (next_command(server, &local, date, &command)) {
        enum status status = day_execute(server, &command, err);
        if (office_can_recover(status)) {
            log_warning(MODULE, "the day waits: %s", err->text);
            schedule_forget_services(&server->schedule);
            return OK;
        }
        if (status != OK) {
            return status;
        }
        log_day(server, &command);
    }
    note_openings(server, &local);
    return OK;
}

enum status day_start_clock(struct server *server, const struct server_options *options,
                            struct error *err)
{
    int64_t last_ms = queue_last_at_ms(server->office->queue);
    int64_t start_ms = last_ms;
    if (options->clock_mode != CLOCK_REAL && options->clock_start_ms > last_ms) {
        start_ms = options->clock_start_ms;
    }
    enum status status =
        office_clock_init(&server->clock, options->clock_mode, options->clock_factor,
                          start_ms, clock_sample_now(), err);
    if (status != OK) {
        return status;
    }
    (void)day_look_at_clocks(server); /* the moment is what is used */
    if (queue_clock_mode(server->office->queue) == options->clock_mode &&
        queue_clock_factor(server->office->queue) == options->clock_factor) {
        return OK;
    }
    struct command command = {.verb = VERB_SET_CLOCK,
                              .counter = SITE_NONE,
                              .version = VERSION_ANY,
                              .clock_mode = options->clock_mode,
                              .clock_factor = options->clock_factor};
    return day_execute(server, &command, err);
}

enum status server_configure(struct server *server, const struct site *site,
                             struct error *err)
{
    const struct queue *queue = server->office->queue;
    /* Both come from zeroed memory; were their padding to differ, the same site would be
     * journalled once more and nothing else. */
    const struct site *present = queue_has_site(queue) ? queue_site(queue) : NULL;
    /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
    bool is_same = present && memcmp(present, site, sizeof(*site)) == 0;
    if (is_same) {
        return OK;
    }
    struct zone *zone = NULL;
    if (zone_load(site->time_zone, &zone, err) != OK) {
        return err->status;
    }
    (void)day_look_at_clocks(server); /* the moment is what is used */
    struct command command = {.verb = VERB_CONFIGURE,
                              .counter = SITE_NONE,
                              .version = VERSION_ANY,
                              .site = site};
    enum status status = day_execute(server, &command, err);
    if (status != OK) {
        zone_destroy(zone);
        return status;
    }
    zone_destroy(server->zone);
    server->zone = zone;
    schedule_forget_services(&server->schedule);
    return office_learn_pace(server->office, err);
}
